// 授权: every statement about grants.

import { sql } from 'kysely'
import type { Reader, Writer } from '../platform/database/database.ts'
import { type Reach, within } from '../platform/reach.ts'
import { isLastAdministrator } from './administrators.store.ts'
import type { GrantProposal } from './grants.schema.ts'
import type { HeldGrant } from './grants.rules.ts'

/** Which grants are asked for; `after` is the id of the last of the page before. */
export interface GrantFilter {
  readonly authority?: string | undefined
  readonly person?: string | undefined
  readonly role?: string | undefined
  readonly state?: string | undefined
  readonly proposedBy?: string | undefined
  readonly after?: string | undefined
  readonly limit: number
}

/** The newest first, one more than the limit. `today` as YYYY-MM-DD. */
export function listGrants(reader: Reader, reach: Reach, today: string, filter: GrantFilter) {
  const { authority, person, role, state, proposedBy, after, limit } = filter
  return shown(reader, reach, today)
    .$if(authority !== undefined, (query) => query.where('g.authority_id', '=', authority!))
    .$if(person !== undefined, (query) => query.where('g.person_id', '=', person!))
    .$if(role !== undefined, (query) => query.where('g.role', '=', role!))
    .$if(state !== undefined, (query) => query.where(stateOn(today), '=', state!))
    .$if(proposedBy !== undefined, (query) => query.where('g.proposed_by', '=', proposedBy!))
    .$if(after !== undefined, (query) => query.where('g.id', '<', after!))
    .orderBy('g.id', 'desc')
    .limit(limit + 1)
    .execute()
}

export type GrantRow = Awaited<ReturnType<typeof listGrants>>[number]

/** A grant. */
export function findGrant(
  reader: Reader,
  reach: Reach,
  today: string,
  id: string,
): Promise<GrantRow | undefined> {
  return shown(reader, reach, today).where('g.id', '=', id).executeTakeFirst()
}

/** Nobody else decides on the grant until the transaction ends. */
export async function lockGrant(writer: Writer, id: string): Promise<void> {
  await writer.selectFrom('agencies.role_grant').select('id').where('id', '=', id).forUpdate().execute()
}

/** What a person holds: proposed, or effective and not over by `today` (YYYY-MM-DD). */
export function heldBy(reader: Reader, personId: string, today: string): Promise<HeldGrant[]> {
  return reader
    .selectFrom('agencies.role_grant as g')
    .select(['g.role', 'g.authority_id as authorityId', 'g.division_code as divisionCode'])
    .where('g.person_id', '=', personId)
    .where(stateOn(today), 'in', ['proposed', 'effective'])
    .execute()
}

/** Marks a person's grants whose last day has passed, so that the same role can be proposed anew. */
export async function expireGrants(writer: Writer, personId: string, today: string): Promise<void> {
  await writer
    .updateTable('agencies.role_grant')
    .set((eb) => ({ version: eb('version', '+', 1), state: 'expired' }))
    .where('person_id', '=', personId)
    .where('state', '=', 'effective')
    .where('valid_until', '<', today)
    .execute()
}

export async function insertGrant(
  writer: Writer,
  grant: GrantProposal & { readonly id: string; readonly proposedBy: string; readonly proposedAt: Date },
): Promise<void> {
  await writer
    .insertInto('agencies.role_grant')
    .values({
      id: grant.id,
      person_id: grant.personId,
      role: grant.role,
      authority_id: grant.authorityId,
      division_code: grant.divisionCode,
      valid_from: grant.validFrom,
      valid_until: grant.validUntil ?? null,
      state: 'proposed',
      reason: grant.reason,
      proposed_by: grant.proposedBy,
      proposed_at: grant.proposedAt,
    })
    .execute()
}

/** Decides on a grant. One that should have begun before it was approved begins on `today`. */
export async function decideGrant(
  writer: Writer,
  id: string,
  decision: {
    readonly state: 'effective' | 'rejected'
    readonly by: string
    readonly at: Date
    readonly today: string
    readonly note: string | undefined
  },
): Promise<void> {
  await writer
    .updateTable('agencies.role_grant')
    .set((eb) => ({
      version: eb('version', '+', 1),
      state: decision.state,
      decided_by: decision.by,
      decided_at: decision.at,
      decision_note: decision.note ?? null,
      ...(decision.state === 'effective'
        ? { valid_from: sql<string>`greatest(valid_from, ${decision.today}::date)` }
        : {}),
    }))
    .where('id', '=', id)
    .execute()
}

export async function withdrawGrant(
  writer: Writer,
  id: string,
  { by, at, reason }: { readonly by: string; readonly at: Date; readonly reason: string },
): Promise<void> {
  await writer
    .updateTable('agencies.role_grant')
    .set((eb) => ({
      version: eb('version', '+', 1),
      state: 'withdrawn',
      withdrawn_by: by,
      withdrawn_at: at,
      withdrawal_reason: reason,
    }))
    .where('id', '=', id)
    .execute()
}

/** The state of the role_grant `g` on a day (YYYY-MM-DD): one whose last day has passed is over, whoever wrote that down. */
export function stateOn(today: string) {
  return sql<string>`case when g.state = 'effective' and g.valid_until < ${today}::date then 'expired' else g.state end`
}

function shown(reader: Reader, reach: Reach, today: string) {
  return (
    reader
      .selectFrom('agencies.role_grant as g')
      .innerJoin('agencies.person as p', 'p.id', 'g.person_id')
      .innerJoin('agencies.authority as a', 'a.id', 'g.authority_id')
      .innerJoin('agencies.division as d', 'd.code', 'g.division_code')
      .leftJoin('agencies.person as by', 'by.id', 'g.proposed_by')
      .leftJoin('agencies.person as decider', 'decider.id', 'g.decided_by')
      .leftJoin('agencies.person as withdrawer', 'withdrawer.id', 'g.withdrawn_by')
      .select(['g.id', 'g.version', 'g.role', 'g.reason', 'p.name as personName', 'a.name as authorityName'])
      .select([
        'g.person_id as personId',
        'g.authority_id as authorityId',
        'g.division_code as divisionCode',
        'd.name as divisionName',
        'g.valid_from as validFrom',
        'g.valid_until as validUntil',
        'g.proposed_by as proposedById',
        'by.name as proposedByName',
        'g.proposed_at as proposedAt',
        'g.decided_by as decidedById',
        'decider.name as decidedByName',
        'g.decided_at as decidedAt',
        'g.decision_note as decisionNote',
        'g.withdrawn_by as withdrawnById',
        'withdrawer.name as withdrawnByName',
        'g.withdrawn_at as withdrawnAt',
        'g.withdrawal_reason as withdrawalReason',
        'a.division_code as authorityDivisionCode',
      ])
      .select([
        stateOn(today).as('state'),
        sql<boolean>`${isLastAdministrator(today)}`.as('lastAdministrator'),
      ])
      // By the authority's division, not the grant's: a county may not decide what a city bureau's people may do in it.
      .where(within(reach, { authority: 'a.id', division: 'a.division_code', person: 'g.person_id' }))
  )
}
