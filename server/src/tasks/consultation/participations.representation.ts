// The part of an authority in a task as a viewer sees it, with what he may do with it.

import { seenIn } from '../../agencies/index.ts'
import type { Law } from '../../law/index.ts'
import { dayOf } from '../../platform/clock.ts'
import type { Reader } from '../../platform/database/database.ts'
import type { Access } from '../../platform/reach.ts'
import { named } from '../../platform/http/shapes.ts'
import { canOf, found, type Refusal } from '../../platform/refusal.ts'
import type { TasksParts } from '../parts.ts'
import { placeIn } from '../place.ts'
import type { Viewing } from '../tasks/tasks.representation.ts'
import { whyNotOpine } from './opinions.rules.ts'
import {
  type ConsultedTask,
  type LawHere,
  whyNotAccept,
  whyNotDecline,
  whyNotItem,
  whyNotPoolOf,
  whyNotPrepare,
  whyNotRelease,
  whyNotReopen,
} from './participations.rules.ts'
import type { Invitation, Participation } from './participations.schema.ts'
import { findParticipation, type ListedParticipation, type ParticipationRow } from './participations.store.ts'
import { leastPool, whyNotPooled } from './pools.rules.ts'
import { declaredBy } from './pools.store.ts'

/** Gives the representation of one, as far as the viewer sees its task. Throws NotFound. */
export function openParticipation(parts: Pick<TasksParts, 'book'>) {
  return async (reader: Reader, viewing: Viewing, id: string): Promise<Participation> => {
    const seen = seenIn(viewing.access, 'participation.show')
    const row = found(await findParticipation(reader, seen, id), 'participation')
    const [one] = await representParticipations(await parts.book.read(reader), reader, viewing, [row])
    return one!
  }
}

/** Those of one task, as a viewer sees them. */
export async function representParticipations(
  law: Law,
  reader: Reader,
  viewing: Viewing,
  rows: readonly ParticipationRow[],
): Promise<Participation[]> {
  const [first] = rows
  if (!first) return []
  const pooled = rows.flatMap(({ pool }) => pool.map(({ inspectorId }) => inspectorId))
  const declared = await declaredBy(reader, pooled, first.startsOn)
  const here = { law, place: placeIn(law, first.divisionCode, first.startsOn) }
  return rows.map((row) => represent(row, here, viewing, declared))
}

/** The task of a participation, as far as the rules of the consultation go. */
export function taskOf(row: ListedParticipation): ConsultedTask {
  const { taskState: state, startsOn, leadAuthorityId } = row
  return { state, startsOn, leadAuthorityId }
}

/** An invitation in a list of them. */
export function representInvitation(row: ListedParticipation, today: string): Invitation {
  return {
    ...row,
    state: row.state as Invitation['state'],
    invitedAt: row.invitedAt?.toISOString() ?? null,
    isLate: isLate(row, today),
  }
}

/** Who acts on a participation: its own authority, the lead for it, or neither. */
export function actingOn(
  access: Access,
  action: string,
  row: Pick<ListedParticipation, 'authorityId' | 'leadAuthorityId'>,
): { readonly authorityId: string | undefined; readonly refusal?: Refusal } {
  const refusal = access.whyNot(action, { authorityId: row.authorityId })
  if (!refusal) return { authorityId: row.authorityId }
  if (!access.whyNot(action, { authorityId: row.leadAuthorityId }))
    return { authorityId: row.leadAuthorityId }
  return { authorityId: undefined, refusal }
}

/** Why somebody may not name the pool of an authority now. */
export function whyNotChoosePool(row: ParticipationRow, access: Access, here: LawHere): Refusal | undefined {
  const { authorityId, refusal } = actingOn(access, 'participation.prepare', row)
  return refusal ?? whyNotPoolOf(row, authorityId, here) ?? whyNotPrepare(row, taskOf(row))
}

function represent(
  row: ParticipationRow,
  here: LawHere,
  viewing: Viewing,
  declared: ReadonlyMap<string, number>,
): Participation {
  const { pool, items } = row
  return {
    ...row,
    items: items.map((item) => ({ ...item, whyNot: canOf(whyNotItem(item, row, here)) })),
    pool: pool.map((member) => ({
      ...member,
      classes: [...member.classes],
      whyNot: canOf(whyNotPooled(member, row, here)),
    })),
    poolLeast: leastPool(row.members),
    conflicts: pool.reduce((sum, { inspectorId }) => sum + (declared.get(inspectorId) ?? 0), 0),
    conflictsConfirmedBy: row.conflictsConfirmedByName,
    conflictsConfirmedAt: row.conflictsConfirmedAt?.toISOString() ?? null,
    preparedBy: named(row.preparedById, row.preparedByName),
    invitedAt: row.invitedAt?.toISOString() ?? null,
    isLate: isLate(row, dayOf(viewing.now)),
    remindedAt: row.remindedAt?.toISOString() ?? null,
    answeredBy: row.answeredByName,
    answeredAt: row.answeredAt?.toISOString() ?? null,
    hasStatement: row.refusalStatement !== null,
    can: canDo(row, here, viewing),
  }
}

function canDo(row: ParticipationRow, here: LawHere, { access, actor }: Viewing): Participation['can'] {
  const viewer = actor.kind === 'person' ? actor.personId : ''
  const task = taskOf(row)
  const own = (action: string) => access.whyNot(action, { authorityId: row.authorityId })
  return {
    prepare: canOf(own('participation.prepare') ?? whyNotPrepare(row, task)),
    choosePool: canOf(whyNotChoosePool(row, access, here)),
    accept: canOf(own('participation.accept') ?? whyNotAccept(row, task, here, viewer)),
    decline: canOf(
      own('participation.decline') ?? whyNotDecline(row, task, here, row.refusalStatement, viewer),
    ),
    reopen: canOf(own('participation.reopen') ?? whyNotReopen(row, task)),
    release: canOf(
      access.whyNot('participation.release', { authorityId: row.leadAuthorityId }) ??
        whyNotRelease(row, task),
    ),
    opine: canOf(own('opinion.give') ?? whyNotOpine(row, task)),
  }
}

/** Answered after its day, or not yet and the day is over. Days as YYYY-MM-DD. */
function isLate(
  { replyBy, answeredAt, isLead }: Pick<ListedParticipation, 'replyBy' | 'answeredAt' | 'isLead'>,
  today: string,
): boolean {
  return !isLead && replyBy !== null && (answeredAt === null ? today : dayOf(answeredAt)) > replyBy
}
