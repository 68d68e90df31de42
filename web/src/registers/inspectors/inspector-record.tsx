import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useTraces } from '../../audit/traces.tsx'
import { ActButton } from '../../ui/act-button.tsx'
import { useListSearch } from '../../ui/list-search.ts'
import { Loaded } from '../../ui/notices.tsx'
import { RecordPage } from '../../ui/record-page.tsx'
import { SideForm } from '../../ui/side-form.tsx'
import { Declarations } from './declarations.tsx'
import { InspectorFacts } from './inspector-facts.tsx'
import { InspectorForm } from './inspector-form.tsx'
import { Leaves } from './leaves.tsx'
import { type Inspector, useInspector } from './queries.ts'
import { EndingForm, StateForm } from './state-forms.tsx'
import { InspectorState } from './states.tsx'

/** One inspector: as what he stands in the register, what he declared, when he is away. */
export function InspectorRecord() {
  const { id = '' } = useParams({ strict: false })
  return <Loaded query={useInspector(id)}>{(inspector) => <Record inspector={inspector} />}</Loaded>
}

function Record({ inspector }: { readonly inspector: Inspector }) {
  const { t } = useTranslation('inspectors')
  const { search, change } = useListSearch()
  const traces = useTraces()
  const [open, setOpen] = useState<'edit' | 'state' | 'end' | undefined>()
  const close = () => setOpen(undefined)
  const { can, name, state } = inspector
  const verb = state === 'suspended' ? 'resume' : 'suspend'
  return (
    <>
      <RecordPage
        title={name}
        above={<Link to="/registers/inspectors">{t('title')}</Link>}
        state={<InspectorState inspector={inspector} />}
        acts={
          <>
            <ActButton type="primary" refused={can.edit} onClick={() => setOpen('edit')}>
              {t('edit')}
            </ActButton>
            <ActButton refused={can[verb]} onClick={() => setOpen('state')}>
              {t(verb)}
            </ActButton>
            <ActButton refused={can.end} onClick={() => setOpen('end')}>
              {t('end')}
            </ActButton>
          </>
        }
        tab={search['tab'] ?? 'about'}
        onTab={(tab) => change({ tab })}
        tabs={[
          { key: 'about', label: t('tabs.about'), content: <InspectorFacts inspector={inspector} /> },
          {
            key: 'declarations',
            label: t('tabs.declarations'),
            content: <Declarations inspector={inspector} />,
          },
          { key: 'leaves', label: t('tabs.leaves'), content: <Leaves inspector={inspector} /> },
          ...traces('inspector', inspector.id),
        ]}
      />
      <SideForm title={t('edit')} isOpen={open === 'edit'} onClose={close}>
        <InspectorForm inspector={inspector} onDone={close} />
      </SideForm>
      <SideForm title={t(verb)} isOpen={open === 'state'} onClose={close}>
        <StateForm inspector={inspector} verb={verb} onDone={close} />
      </SideForm>
      <SideForm title={t('end')} isOpen={open === 'end'} onClose={close}>
        <EndingForm inspector={inspector} onDone={close} />
      </SideForm>
    </>
  )
}
