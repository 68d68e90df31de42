import { Link, useParams } from '@tanstack/react-router'
import { Alert } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useTraces } from '../../audit/traces.tsx'
import { ActButton } from '../../ui/act-button.tsx'
import { useListSearch } from '../../ui/list-search.ts'
import { Loaded } from '../../ui/notices.tsx'
import { RecordPage } from '../../ui/record-page.tsx'
import { SideForm } from '../../ui/side-form.tsx'
import { SubjectHistory } from './history.tsx'
import { SubjectParts } from './parts.tsx'
import { type Subject, useSubject } from './queries.ts'
import { SubjectState } from './states.tsx'
import { type SubjectAct, SubjectActForm } from './subject-acts.tsx'
import { SubjectEdit } from './subject-edit.tsx'
import { SubjectFacts } from './subject-facts.tsx'

/** A subject's file: what the register says, where it can be visited, who supervises it, and all that happened to it. */
export function SubjectRecord() {
  const { id = '' } = useParams({ strict: false })
  return <Loaded query={useSubject(id)}>{(subject) => <Record subject={subject} />}</Loaded>
}

function Record({ subject }: { readonly subject: Subject }) {
  const { t } = useTranslation('subjects')
  const { search, change } = useListSearch()
  const traces = useTraces()
  const [open, setOpen] = useState<'edit' | SubjectAct | undefined>()
  const close = () => setOpen(undefined)
  const act = open === 'edit' ? undefined : open
  return (
    <>
      <RecordPage
        title={subject.name}
        above={<Link to="/registers/subjects">{t('title')}</Link>}
        state={<SubjectState subject={subject} />}
        acts={<Acts subject={subject} onOpen={setOpen} />}
        {...(subject.returned || subject.openChanges.length > 0
          ? { clock: <Notices subject={subject} /> }
          : {})}
        tab={search['tab'] ?? 'about'}
        onTab={(tab) => change({ tab })}
        tabs={[
          { key: 'about', label: t('tabs.about'), content: <SubjectFacts subject={subject} /> },
          { key: 'parts', label: t('tabs.parts'), content: <SubjectParts subject={subject} /> },
          { key: 'history', label: t('tabs.history'), content: <SubjectHistory id={subject.id} /> },
          ...traces('subject', subject.id),
        ]}
      />
      <SideForm title={t('edit')} isOpen={open === 'edit'} onClose={close}>
        <SubjectEdit subject={subject} onDone={close} />
      </SideForm>
      <SideForm title={act ? t(`acts.${act}`) : ''} isOpen={act !== undefined} onClose={close}>
        {act ? <SubjectActForm subject={subject} act={act} onDone={close} /> : null}
      </SideForm>
    </>
  )
}

function Acts({
  subject: { can, leftOn },
  onOpen,
}: {
  readonly subject: Subject
  readonly onOpen: (act: 'edit' | SubjectAct) => void
}) {
  const { t } = useTranslation('subjects')
  const going = leftOn === null ? 'remove' : 'return'
  return (
    <>
      <ActButton type="primary" refused={can.edit} onClick={() => onOpen('edit')}>
        {t('edit')}
      </ActButton>
      <ActButton refused={can.addAuthority} onClick={() => onOpen('addAuthority')}>
        {t('acts.addAuthority')}
      </ActButton>
      <ActButton refused={can.removeAuthority} onClick={() => onOpen('removeAuthority')}>
        {t('acts.removeAuthority')}
      </ActButton>
      <ActButton refused={can.move} onClick={() => onOpen('move')}>
        {t('acts.move')}
      </ActButton>
      <ActButton refused={can[going]} onClick={() => onOpen(going)}>
        {t(`acts.${going}`)}
      </ActButton>
    </>
  )
}

/** What somebody who opens the file must know first. */
function Notices({ subject: { openChanges, returned } }: { readonly subject: Subject }) {
  const { t } = useTranslation('subjects')
  const [change] = openChanges
  return (
    <div className="stack">
      {returned ? (
        <Alert
          type="warning"
          showIcon
          title={returned.days === 0 ? t('returned_same_day') : t('returned', { days: returned.days })}
        />
      ) : null}
      {change ? (
        <Alert
          type="info"
          showIcon
          title={t('open_change')}
          action={
            <Link to="/registers/changes/$id" params={{ id: change }}>
              {t('open_change_see')}
            </Link>
          }
        />
      ) : null}
    </div>
  )
}
