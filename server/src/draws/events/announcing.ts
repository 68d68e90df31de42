// What follows from an approval: the event that names who leaves and the source that says who comes; never who comes.

import { roundAfterClose } from '@sunlot/draw'
import { seenIn } from '../../agencies/index.ts'
import type { Reader } from '../../platform/database/database.ts'
import { personOf, type WriteContext } from '../../platform/http/route.ts'
import { demand, found } from '../../platform/refusal.ts'
import { drawItself, type DrawRow, lockDrawItself } from '../draws/draws.store.ts'
import type { DrawsParts } from '../parts.ts'
import { addEvent, type SaidEvent, tryEvent } from './adding.ts'
import { demandCertified } from './asking.ts'
import { openSubstitutes } from './events.store.ts'
import { type Viewing, whyNotDo } from './replacements.representation.ts'
import { askerOf, freshSourceOf, REASON_IN_PROTOCOL } from './replacements.rules.ts'
import { findReplacement, heldAs, type ReplacementRow, stepReplacement } from './replacements.store.ts'
import type { Trial } from './trial.ts'

/** The event tried before it is written; nothing where the act itself says why not. Throws Refused. */
export function triedAnnouncement(
  parts: DrawsParts,
  { id, asked, ...viewing }: Viewing & Pick<Asked, 'asked'> & { readonly id: string },
): Promise<Trial | undefined> {
  return tryEvent(parts, async (reader) => {
    const row = await findReplacement(reader, seenIn(viewing.access, 'replacement.show'), id)
    if (!row || whyNotDo('approve', row, viewing, await parts.book.read(reader))) return undefined
    const draw = found(await drawItself(reader, row.drawId), 'draw')
    return { draw, given: await announced(reader, parts, draw, { ...viewing, row, asked }) }
  })
}

/** The last word of persons: the event names a source that has not spoken, and the log's witnesses see it before it does. */
export async function announce(
  { writer, actor, now }: WriteContext & Viewing,
  parts: DrawsParts,
  { row, asked, trial }: Asked & { readonly trial: Trial | undefined },
): Promise<void> {
  const draw = found(await lockDrawItself(writer, row.drawId), 'draw')
  const given = await announced(writer, parts, draw, { row, asked, actor, now })
  const { n } = await addEvent(writer, parts, draw, given, trial)
  const { approvedBy } = given
  const patch = { state: 'announced', approved_by: approvedBy, approved_at: now, event_n: n } as const
  await stepReplacement(writer, row.id, patch)
  await parts.tell(writer, newsFor(row, 'replacement.announced', now))
}

interface Asked {
  readonly row: ReplacementRow
  readonly asked: 'drand' | 'dice' | undefined
}

/** What is announced. Throws Refused where it cannot be. */
async function announced(
  reader: Reader,
  parts: DrawsParts,
  draw: DrawRow,
  { row, asked, actor, now }: Asked & Pick<Viewing, 'actor' | 'now'>,
): Promise<SaidEvent> {
  demandCertified(draw)
  const kind = asked ?? (parts.drand.length > 0 ? 'drand' : 'dice')
  if (kind === 'drand' && parts.drand.length === 0) demand({ code: 'replacement.no_source' })
  const held = found(await heldAs(reader, draw.id, row.alias), 'replacement')
  const place = draw.mode === 'subjects' ? row.subject : held.places[0]
  const open = await openSubstitutes(reader, draw.id)
  const other = open.find((each) => each.place === place || each.authorityId === row.authorityId)
  if (other) demand({ code: 'replacement.open_already', params: { n: other.n } })
  const at = Math.floor(now.getTime() / 1000)
  return {
    type: 'substitute',
    alias: row.alias,
    ...(draw.mode === 'subjects' && row.subject !== null ? { subject: row.subject } : {}),
    reason: REASON_IN_PROTOCOL[row.reasonCode] ?? 'special',
    evidence: row.evidence,
    source: freshSourceOf(kind, { at, round: roundAfterClose(at) }),
    by: askerOf(row),
    approvedBy: personOf({ actor }).personId,
    now,
  }
}

/** News of a replacement for whoever asked to be replaced. */
export function newsFor(row: ReplacementRow, code: string, now: Date) {
  const params = { draw: row.drawName, task: row.taskName }
  return { code, personIds: [row.personId], params, link: `/draws/replacements/${row.id}`, now }
}
