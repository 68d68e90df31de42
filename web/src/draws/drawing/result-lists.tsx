import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../ui/format.ts'
import { List } from '../../ui/list-page.tsx'
import type { Column } from '../../ui/rows.tsx'
import { useLoadWords } from '../freeze/load-words.ts'
import type { Draw } from '../queries.ts'
import { type Post, type Selected, usePosts, useSelected } from './queries.ts'
import { useStratumOf } from './stratum-text.ts'

interface ListProps {
  readonly draw: Draw
}

/** Who was drawn, in the order in which it was drawn. */
export function SelectedList({ draw }: ListProps) {
  const { t } = useTranslation('draws')
  const [after, setAfter] = useState<string | undefined>()
  const stratumOf = useStratumOf(draw)
  const query = useSelected(draw.id, after === undefined ? {} : { after })
  const isCoverage = query.data?.items.some(({ batch }) => batch !== null) ?? false
  const columns: readonly Column<Selected>[] = [
    {
      key: 'name',
      title: t('drawing.subject'),
      isName: true,
      show: ({ subject }) => (
        <Link to="/registers/subjects/$id" params={{ id: subject.id }}>
          {subject.name}
        </Link>
      ),
    },
    { key: 'code', title: t('drawing.code'), show: ({ code }) => <code>{code}</code> },
    { key: 'stratum', title: t('drawing.stratum'), show: ({ stratum }) => stratumOf(stratum) },
    isCoverage
      ? {
          key: 'batch',
          title: t('drawing.batch'),
          isNumber: true,
          show: ({ batch }) => (batch === null ? '–' : batch + 1),
        }
      : { key: 'ticket', title: t('drawing.ticket'), show: ({ ticket }) => <Ticket ticket={ticket} /> },
    { key: 'place', title: t('drawing.visited_by'), show: (one) => <VisitedBy one={one} draw={draw} /> },
  ]
  return (
    <section aria-labelledby="drawn-subjects">
      <h2 id="drawn-subjects">{t('drawing.subjects')}</h2>
      <List
        query={query}
        columns={columns}
        keyOf={({ code }) => code}
        empty={t('drawing.nobody')}
        isDimmed={({ left }) => left !== null}
        cursor={after}
        onCursor={setAfter}
      />
    </section>
  )
}

/** The beginning is enough to see the order; the whole of it stands in the bundle. */
function Ticket({ ticket }: { readonly ticket: string | null }) {
  if (ticket === null) return '–'
  return <code title={ticket}>{ticket.slice(0, 12)}…</code>
}

function VisitedBy({ one, draw }: { readonly one: Selected; readonly draw: Draw }) {
  const { t } = useTranslation('draws')
  if (one.left !== null) return t('drawing.left_by', { n: one.left })
  const lacking = one.lacking.map(
    (code) => draw.figures?.pools.find((pool) => pool.code === code)?.name ?? t('drawing.teams_together'),
  )
  return (
    <>
      {one.place ?? (draw.mode === 'subjects' && lacking.length === 0 ? t('drawing.own_people') : '')}
      {lacking.length > 0 ? t('drawing.lacks', { who: lacking.join(t('drawing.comma')) }) : ''}
      {one.entered > 0 ? t('drawing.entered_by', { n: one.entered }) : ''}
    </>
  )
}

/** Teams with their people: names for the parties, aliases for everybody. */
export function TeamList({ draw }: ListProps) {
  const { t } = useTranslation('draws')
  const { number } = useFormat()
  const [after, setAfter] = useState<string | undefined>()
  const { kept } = useLoadWords(draw)
  const query = usePosts(draw.id, after === undefined ? {} : { after })
  const isTeams = draw.mode === 'teams'
  const columns: readonly Column<Post>[] = [
    {
      key: 'place',
      title: t(isTeams ? 'drawing.team' : 'drawing.subject'),
      isName: true,
      show: ({ place, subject }) =>
        subject === null ? (
          place
        ) : (
          <>
            {subject} <code className="fine">{place}</code>
          </>
        ),
    },
    {
      key: 'members',
      title: t('drawing.members'),
      show: ({ members }) => (
        <ul className="plain">
          {members.map((member) => (
            <li key={member.alias}>
              {member.person ?? t('drawing.somebody')}{' '}
              <span className="fine">
                {member.authority.name} <code title={member.alias}>{member.alias.slice(0, 8)}…</code>
                {member.left === null ? '' : t('drawing.left_by', { n: member.left })}
                {member.entered > 0 ? t('drawing.entered_by', { n: member.entered }) : ''}
              </span>
            </li>
          ))}
        </ul>
      ),
    },
    ...(isTeams
      ? [
          {
            key: 'load',
            title: t('drawing.load'),
            isNumber: true,
            show: ({ load }: Post) => number(load),
          },
        ]
      : []),
  ]
  return (
    <section aria-labelledby="drawn-teams">
      <h2 id="drawn-teams">{t(isTeams ? 'drawing.teams' : 'drawing.people')}</h2>
      {kept === undefined ? null : <p>{kept}</p>}
      <p className="fine">{t('drawing.names_for_parties')}</p>
      <List
        query={query}
        columns={columns}
        keyOf={({ place }) => place}
        empty={t('drawing.nobody')}
        cursor={after}
        onCursor={setAfter}
      />
    </section>
  )
}
