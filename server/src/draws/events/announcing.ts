// What follows from an approval: the event that names who leaves and the source that says who comes; never who comes.

import type { FreshSource } from '@sunlot/draw'
import { seenIn } from '../../agencies/index.ts'
import type { Reader } from '../../platform/database/database.ts'
import { personOf, type WriteContext } from '../../platform/http/route.ts'
import { demand, found, Moved, type Refusal } from '../../platform/refusal.ts'
import { drawItself, type DrawRow, lockDrawItself } from '../draws/draws.store.ts'
import { whyNotAnnounce } from '../draws/freshness.rules.ts'
import { commitmentOf } from '../draws/manifests.store.ts'
import type { DrawsParts } from '../parts.ts'
import { addEvent, type SaidEvent, type TriedEvent, tryEvent } from './adding.ts'
import { demandCertified } from './asking.ts'
import { openSubstitutes } from './events.store.ts'
import { type Viewing, whyNotDo } from './replacements.representation.ts'
import { askerOf, FRESH_AFTER, freshSourceOf, REASON_IN_PROTOCOL } from './replacements.rules.ts'
import { findReplacement, heldAs, type ReplacementRow, stepReplacement } from './replacements.store.ts'

/**
 * The event tried before it is written; nothing where the act itself says why not. Its time is reckoned when it is read for the trial,
 * not when it was asked for, and a trial that took too long is made again with a later source. Throws Refused.
 */
export async function triedAnnouncement(
  parts: DrawsParts,
  { id, asked, ...viewing }: Omit<Viewing, 'now'> & AskedSource & { readonly id: string },
): Promise<TriedEvent | undefined> {
  let near: Refusal | undefined
  for (const after of FRESH_AFTER) {
    const tried = await tryEvent(parts, async (reader) => {
      const row = await findReplacement(reader, seenIn(viewing.access, 'replacement.show'), id)
      const now = parts.clock.now()
      if (!row || whyNotDo('approve', row, { ...viewing, now }, await parts.book.read(reader)))
        return undefined
      const draw = found(await drawItself(reader, row.drawId), 'draw')
      const kind = asked ?? (await usualKind(reader, parts, draw.id))
      const source = sourceAsked(parts, kind, { now, after })
      return { draw, given: await announced(reader, draw, { ...viewing, row, source, now }) }
    })
    near = tried?.given.source && whyNotAnnounce(tried.given.source, parts.clock.now())
    if (!near) return tried
  }
  demand(near)
  return undefined
}

/**
 * The last word of persons: the event names a source that has not spoken, and the log's witnesses see it before it does. Throws Moved
 * where they might not.
 */
export async function announce(
  { writer, actor }: WriteContext & Viewing,
  parts: DrawsParts,
  { row, tried }: { readonly row: ReplacementRow; readonly tried: TriedEvent | undefined },
): Promise<void> {
  const draw = found(await lockDrawItself(writer, row.drawId), 'draw')
  const { source, now } = tried?.given ?? {}
  if (!source || !now) throw new Moved({ code: 'draw.moved_meanwhile' })
  const given = await announced(writer, draw, { row, source, actor, now })
  const { n } = await addEvent(writer, parts, draw, given, tried)
  const near = whyNotAnnounce(source, parts.clock.now())
  if (near) throw new Moved(near)
  const { approvedBy } = given
  const patch = { state: 'announced', approved_by: approvedBy, approved_at: now, event_n: n } as const
  await stepReplacement(writer, row.id, patch)
  await parts.tell(writer, newsFor(row, 'replacement.announced', now))
}

interface AskedSource {
  readonly asked: 'drand' | 'dice' | undefined
}

/** What people are used to from the draw itself: where no beacon was committed to, the room has no network. */
async function usualKind(
  reader: Reader,
  { drand }: Pick<DrawsParts, 'drand'>,
  drawId: string,
): Promise<'drand' | 'dice'> {
  const { sources } = found(await commitmentOf(reader, drawId), 'commitment').value
  return drand.length > 0 && sources.some(({ kind }) => kind === 'drand') ? 'drand' : 'dice'
}

/** The source of a kind, in time to come. Throws Refused. */
function sourceAsked(
  { drand }: Pick<DrawsParts, 'drand'>,
  kind: 'drand' | 'dice',
  { now, after }: { readonly now: Date; readonly after: number },
): FreshSource {
  if (kind === 'drand' && drand.length === 0) demand({ code: 'replacement.no_source' })
  return freshSourceOf(kind, { at: Math.floor(now.getTime() / 1000), after })
}

/** What is announced. Throws Refused where it cannot be. */
async function announced(
  reader: Reader,
  draw: DrawRow,
  of: Pick<Viewing, 'actor' | 'now'> & { readonly row: ReplacementRow; readonly source: FreshSource },
): Promise<SaidEvent> {
  const { row, source, actor, now } = of
  demandCertified(draw)
  const held = found(await heldAs(reader, draw.id, row.alias), 'replacement')
  const place = draw.mode === 'subjects' ? row.subject : held.places[0]
  const open = await openSubstitutes(reader, draw.id)
  const other = open.find((each) => each.place === place || each.authorityId === row.authorityId)
  if (other) demand({ code: 'replacement.open_already', params: { n: other.n } })
  return {
    type: 'substitute',
    alias: row.alias,
    ...(draw.mode === 'subjects' && row.subject !== null ? { subject: row.subject } : {}),
    reason: REASON_IN_PROTOCOL[row.reasonCode] ?? 'special',
    evidence: row.evidence,
    source,
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
