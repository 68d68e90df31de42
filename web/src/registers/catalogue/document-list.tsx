import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AuthorityFilter } from '../../agencies/person-list.tsx'
import { ActButton } from '../../ui/act-button.tsx'
import { ChoiceFilter } from '../../ui/choice-filter.tsx'
import { useFormat } from '../../ui/format.ts'
import { ListPage } from '../../ui/list-page.tsx'
import { useListSearch } from '../../ui/list-search.ts'
import { SideForm } from '../../ui/side-form.tsx'
import { type StateKind, StateTag } from '../../ui/state-tag.tsx'
import { DocumentForm } from './document-form.tsx'
import { type OperatingDocument, useDocuments } from './queries.ts'
import { DOCUMENT_KINDS } from './words.ts'

const STATES = ['kept', 'submitted', 'received', 'returned'] as const

/** Operating rules and work instructions, the latest version of each. */
export function DocumentList() {
  const { t } = useTranslation('catalogue')
  const { t: ui } = useTranslation()
  const { day } = useFormat()
  const { search, change, onCursor } = useListSearch()
  const [isNew, setNew] = useState(false)
  const documents = useDocuments(search)
  const all = { value: '', label: ui('ui.all') }
  return (
    <>
      <ListPage<OperatingDocument>
        title={t('documents.title')}
        lead={t('documents.lead')}
        query={documents}
        keyOf={({ id }) => id}
        empty={t('documents.empty')}
        isDimmed={({ isLatest }) => !isLatest}
        cursor={search['after']}
        onCursor={onCursor}
        acts={
          <ActButton type="primary" refused={documents.data?.can.upload} onClick={() => setNew(true)}>
            {t('documents.new')}
          </ActButton>
        }
        filters={
          <>
            <ChoiceFilter
              label={t('documents.kind')}
              value={search['kind']}
              choices={[
                all,
                ...DOCUMENT_KINDS.map((value) => ({ value, label: t(`documents.kinds.${value}`) })),
              ]}
              onChange={(kind) => change({ kind })}
            />
            <ChoiceFilter
              label={t('state')}
              value={search['state']}
              choices={[all, ...STATES.map((value) => ({ value, label: t(`documents.states.${value}`) }))]}
              onChange={(state) => change({ state })}
            />
            <ChoiceFilter
              label={t('documents.all_versions')}
              value={search['latest']}
              choices={[
                { value: '', label: t('documents.only_latest') },
                { value: 'false', label: t('documents.every_version') },
              ]}
              onChange={(latest) => change({ latest })}
            />
            <AuthorityFilter value={search['authority']} onChange={(authority) => change({ authority })} />
          </>
        }
        columns={[
          {
            key: 'title',
            title: t('documents.name'),
            isName: true,
            show: ({ id, title }) => (
              <Link to="/registers/documents/$id" params={{ id }}>
                {title}
              </Link>
            ),
          },
          { key: 'kind', title: t('documents.kind'), show: ({ kind }) => t(`documents.kinds.${kind}`) },
          {
            key: 'number',
            title: t('documents.version'),
            show: ({ number }) => t('documents.number', { number }),
          },
          { key: 'authority', title: t('documents.authority'), show: ({ authorityName }) => authorityName },
          {
            key: 'from',
            title: t('documents.effective_from'),
            show: ({ effectiveFrom }) => day(effectiveFrom),
          },
          {
            key: 'submitted',
            title: t('documents.submitted'),
            show: (each) => <Submitted document={each} />,
          },
          { key: 'state', title: t('state'), show: ({ state }) => <DocumentState state={state} /> },
        ]}
      />
      <SideForm title={t('documents.new')} isOpen={isNew} onClose={() => setNew(false)}>
        <DocumentForm onDone={() => setNew(false)} />
      </SideForm>
    </>
  )
}

const KINDS: Readonly<Record<OperatingDocument['state'], StateKind>> = {
  kept: 'notBegun',
  submitted: 'underWay',
  received: 'done',
  returned: 'refused',
}

/** Where a document is on its way to the conference's office. */
export function DocumentState({ state }: { readonly state: OperatingDocument['state'] }) {
  const { t } = useTranslation('catalogue')
  return <StateTag kind={KINDS[state]} word={t(`documents.states.${state}`)} />
}

/** When it was submitted, and whether that was late. */
export function Submitted({
  document,
}: {
  readonly document: Pick<OperatingDocument, 'submittedOn' | 'isLate'>
}) {
  const { t } = useTranslation('catalogue')
  const { day } = useFormat()
  return (
    <>
      {day(document.submittedOn)}{' '}
      {document.isLate ? <StateTag kind="overdue" word={t('documents.late')} /> : null}
    </>
  )
}
