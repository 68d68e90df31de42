import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AuthorityFilter } from '../../agencies/person-list.tsx'
import { ActButton } from '../../ui/act-button.tsx'
import { ChoiceFilter } from '../../ui/choice-filter.tsx'
import { ListPage } from '../../ui/list-page.tsx'
import { useListSearch } from '../../ui/list-search.ts'
import { SideForm } from '../../ui/side-form.tsx'
import { type StateKind, StateTag } from '../../ui/state-tag.tsx'
import { Submitted } from './document-list.tsx'
import { type Statement, useStatements } from './queries.ts'
import { StatementForm } from './statement-form.tsx'

const STATES = ['submitted', 'received', 'returned'] as const

/** Statements of what is unsuitable for a draw, by authority. */
export function StatementList() {
  const { t } = useTranslation('catalogue')
  const { t: ui } = useTranslation()
  const { search, change, onCursor } = useListSearch()
  const [isNew, setNew] = useState(false)
  const statements = useStatements(search)
  return (
    <>
      <ListPage<Statement>
        title={t('statements.title')}
        lead={t('statements.lead')}
        query={statements}
        keyOf={({ id }) => id}
        empty={t('statements.empty')}
        cursor={search['after']}
        onCursor={onCursor}
        acts={
          <ActButton type="primary" refused={statements.data?.can.create} onClick={() => setNew(true)}>
            {t('statements.new')}
          </ActButton>
        }
        filters={
          <>
            <ChoiceFilter
              label={t('state')}
              value={search['state']}
              choices={[
                { value: '', label: ui('ui.all') },
                ...STATES.map((value) => ({ value, label: t(`statements.states.${value}`) })),
              ]}
              onChange={(state) => change({ state })}
            />
            <AuthorityFilter value={search['authority']} onChange={(authority) => change({ authority })} />
          </>
        }
        columns={[
          {
            key: 'authority',
            title: t('statements.authority'),
            isName: true,
            show: ({ id, authorityName }) => (
              <Link to="/registers/statements/$id" params={{ id }}>
                {authorityName}
              </Link>
            ),
          },
          { key: 'count', title: t('statements.count'), isNumber: true, show: ({ items }) => items.length },
          { key: 'receiver', title: t('statements.receiver'), show: ({ receiver }) => receiver?.name ?? '–' },
          {
            key: 'submitted',
            title: t('statements.submitted'),
            show: (each) => <Submitted document={each} />,
          },
          { key: 'state', title: t('state'), show: ({ state }) => <StatementState state={state} /> },
        ]}
      />
      <SideForm title={t('statements.new')} isOpen={isNew} onClose={() => setNew(false)}>
        <StatementForm onDone={() => setNew(false)} />
      </SideForm>
    </>
  )
}

const KINDS: Readonly<Record<Statement['state'], StateKind>> = {
  submitted: 'underWay',
  received: 'done',
  returned: 'refused',
}

/** Whether a statement was received. */
export function StatementState({ state }: { readonly state: Statement['state'] }) {
  const { t } = useTranslation('catalogue')
  return <StateTag kind={KINDS[state]} word={t(`statements.states.${state}`)} />
}
