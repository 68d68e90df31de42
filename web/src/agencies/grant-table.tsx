import type { UseQueryResult } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../api.ts'
import { ActButton } from '../ui/act-button.tsx'
import { useFormat } from '../ui/format.ts'
import { List } from '../ui/list-page.tsx'
import type { Column } from '../ui/rows.tsx'
import { StateTag, type StateKind } from '../ui/state-tag.tsx'
import { type AskedGrant, GrantAct } from './grant-act.tsx'
import type { Grant } from './queries.ts'

interface GrantTableProps {
  readonly query: UseQueryResult<Answer<'/api/v1/grants'>>
  readonly cursor?: string | undefined
  readonly onCursor?: (cursor: string | undefined) => void
}

/** Role grants with what may be done about each. */
export function GrantTable({ query, cursor, onCursor }: GrantTableProps) {
  const { t } = useTranslation('agencies')
  const [asked, setAsked] = useState<AskedGrant | undefined>()
  const columns = useGrantColumns(setAsked)
  return (
    <>
      <List<Grant>
        query={query}
        keyOf={({ id }) => id}
        empty={t('grants.empty')}
        cursor={cursor}
        {...(onCursor ? { onCursor } : {})}
        isDimmed={isOver}
        columns={columns}
      />
      <GrantAct asked={asked} onClose={() => setAsked(undefined)} />
    </>
  )
}

/** The columns of a list of grants; the last asks for a decision. */
export function useGrantColumns(onAct: (asked: AskedGrant) => void): readonly Column<Grant>[] {
  const { t } = useTranslation('agencies')
  const { day, instant } = useFormat()
  return [
    {
      key: 'person',
      title: t('grants.person'),
      isName: true,
      show: (each) => (
        <Link to="/agencies/people/$id" params={{ id: each.personId }}>
          {each.personName}
        </Link>
      ),
    },
    {
      key: 'role',
      title: t('grants.role'),
      show: (each) => (
        <Link to="/agencies/grants/$id" params={{ id: each.id }}>
          {t(`roles.${each.role}`)}
        </Link>
      ),
    },
    { key: 'authority', title: t('authority'), show: (each) => each.authorityName },
    { key: 'division', title: t('division'), show: (each) => each.divisionName },
    {
      key: 'term',
      title: t('grants.term'),
      show: (each) =>
        t(each.validUntil ? 'grants.from_to' : 'grants.from_on', {
          from: day(each.validFrom),
          until: day(each.validUntil),
        }),
    },
    { key: 'state', title: t('state'), show: (each) => <GrantState state={each.state} /> },
    {
      key: 'proposed',
      title: t('grants.proposed'),
      show: (each) =>
        t('grants.proposed_by', {
          who: each.proposedBy?.name ?? t('grants.at_birth'),
          at: instant(each.proposedAt),
        }),
    },
    { key: 'act', title: t('act'), show: (each) => <Decide grant={each} onAct={onAct} /> },
  ]
}

const KINDS: Readonly<Record<Grant['state'], StateKind>> = {
  proposed: 'underWay',
  effective: 'done',
  rejected: 'refused',
  withdrawn: 'ended',
  expired: 'ended',
}

/** Where a grant is. */
export function GrantState({ state }: { readonly state: Grant['state'] }) {
  const { t } = useTranslation('agencies')
  return <StateTag kind={KINDS[state]} word={t(`grants.states.${state}`)} />
}

/** Nothing comes of it any more. */
export const isOver = ({ state }: Grant): boolean => state !== 'proposed' && state !== 'effective'

/** Waiting grants are decided here; withdrawing is done on the grant's own page. */
function Decide({ grant, onAct }: { readonly grant: Grant; readonly onAct: (asked: AskedGrant) => void }) {
  const { t } = useTranslation('agencies')
  if (grant.state !== 'proposed') return null
  return (
    <div className="acts">
      <ActButton
        size="small"
        type="primary"
        refused={grant.can.approve}
        onClick={() => onAct({ grant, verb: 'approval' })}
      >
        {t('grants.verbs.approval')}
      </ActButton>
      <ActButton size="small" refused={grant.can.reject} onClick={() => onAct({ grant, verb: 'rejection' })}>
        {t('grants.verbs.rejection')}
      </ActButton>
    </div>
  )
}
