import type { UseQueryResult } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../api.ts'
import { useFormat } from '../ui/format.ts'
import { List } from '../ui/list-page.tsx'
import type { Column } from '../ui/rows.tsx'
import { useSentence } from '../ui/problem.tsx'
import { StateTag, type StateKind } from '../ui/state-tag.tsx'
import { useAction } from './action.ts'
import type { Event } from './queries.ts'

interface EventTableProps {
  readonly query: UseQueryResult<Answer<'/api/v1/audit/events'>>
  readonly empty: string
  readonly cursor: string | undefined
  readonly onCursor: (cursor: string | undefined) => void
}

/** Events, newest first. */
export function EventTable({ query, empty, cursor, onCursor }: EventTableProps) {
  const columns = useEventColumns()
  return (
    <List<Event>
      query={query}
      keyOf={({ id }) => id}
      empty={empty}
      cursor={cursor}
      onCursor={onCursor}
      columns={columns}
    />
  )
}

/** The columns of a list of events. */
export function useEventColumns(): readonly Column<Event>[] {
  const { t } = useTranslation('audit')
  const { instant } = useFormat()
  const action = useAction()
  return [
    { key: 'at', title: t('at'), show: (each) => instant(each.at, 'second') },
    {
      key: 'action',
      title: t('action'),
      isName: true,
      show: (each) => (
        <Link to="/audit/events/$id" params={{ id: each.id }}>
          {action(each.action)}
        </Link>
      ),
    },
    { key: 'outcome', title: t('outcome'), show: (each) => <Outcome event={each} /> },
    { key: 'who', title: t('who'), show: (each) => <Who event={each} /> },
    { key: 'object', title: t('object'), show: (each) => <AboutWhat event={each} /> },
  ]
}

const KINDS: Readonly<Record<Event['outcome'], StateKind>> = {
  done: 'done',
  refused: 'refused',
  read: 'notBegun',
}

/** Done, refused or read; refused says why. */
export function Outcome({
  event: { outcome, refusalCode },
}: {
  readonly event: Pick<Event, 'outcome' | 'refusalCode'>
}) {
  const { t } = useTranslation('audit')
  const sentence = useSentence()
  return (
    <>
      <StateTag kind={KINDS[outcome]} word={t(`outcomes.${outcome}`)} />
      {refusalCode ? (
        // The trail keeps the code alone: where the sentence has room for a number or a name, there is none.
        <div className="fine reason">{sentence({ code: refusalCode }).replaceAll(/\{[a-zA-Z]+\}/g, '…')}</div>
      ) : null}
    </>
  )
}

/** A person with the authority he acted for, the program itself, or somebody not signed in. */
export function Who({ event: { actor, authority } }: { readonly event: Pick<Event, 'actor' | 'authority'> }) {
  const { t } = useTranslation('audit')
  if (actor.kind !== 'person') return <>{t(`actors.${actor.kind}`)}</>
  return (
    <>
      {actor.name ?? t('actors.unknown')}
      {authority ? <span className="fine">（{authority.name}）</span> : null}
    </>
  )
}

/** What an event is about, as a link where this console has its page. */
export function AboutWhat({ event: { object } }: { readonly event: Pick<Event, 'object'> }) {
  const { t, i18n } = useTranslation('audit')
  if (!object) return <>–</>
  const key = `types.${object.type}` as 'types.person'
  const word = i18n.exists(key, { ns: 'audit' }) ? String(t(key)) : object.type
  const folder = PAGES[object.type]
  return folder && object.id ? <Link to={`${folder}/${object.id}` as '/'}>{word}</Link> : <>{word}</>
}

const PAGES: Readonly<Record<string, string>> = {
  authority: '/agencies/authorities',
  person: '/agencies/people',
  conference: '/agencies/conferences',
  organisationImport: '/agencies/imports',
}
