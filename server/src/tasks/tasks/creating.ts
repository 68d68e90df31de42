// A task as it is written down: from a line of a published plan or a ground outside it, with those who take part.

import { type AuthorityRow, holdAuthority, seenIn } from '../../agencies/index.ts'
import { type Law, type Place, resolve } from '../../law/index.ts'
import type { Reader, Writer } from '../../platform/database/database.ts'
import type { Access } from '../../platform/reach.ts'
import { demand, found, type Refusal, Refused } from '../../platform/refusal.ts'
import { findLine, lockLine, type PlanLine } from '../../plans/index.ts'
import { whyNotInvite, whyNotItem } from '../consultation/participations.rules.ts'
import { itemsById } from '../consultation/items.store.ts'
import type { ItemRef } from '../consultation/shapes.ts'
import { freeDraw, whyNotAnotherDraw, whyNotFollow, whyNotNarrow } from './discipline.rules.ts'
import { type Draft, draftOf, type Said } from './draft.rules.ts'
import { cancelledDraw, drawsOfLine } from './draws.store.ts'
import { hasGround } from './evidence.store.ts'
import { COMPREHENSIVE } from '../scope/demand.rules.ts'
import { whyNotOutside } from './outside.rules.ts'
import { whyNotCoded, whyNotReplace, whyNotWritten } from './tasks.rules.ts'
import type { NewTask } from './tasks.schema.ts'
import { findTask } from './tasks.store.ts'

/** An authority of a task that is written down, with its items. */
export interface WrittenPart {
  readonly authorityId: string
  readonly members: number
  readonly items: readonly ItemRef[]
}

/** The line of a task, if it has one; nobody changes it meanwhile where it is written. Throws NotFound. */
export async function lineFor(
  reader: Reader | Writer,
  access: Access,
  id: string | null | undefined,
  forWriting: boolean,
): Promise<PlanLine | undefined> {
  if (id === null || id === undefined) return undefined
  const seen = seenIn(access, 'plan.show')
  const line = forWriting ? await lockLine(reader as Writer, seen, id) : await findLine(reader, seen, id)
  return found(line, 'planLine')
}

/** The complete draft of what was said. Throws Refused (422) where something is missing. */
export function completed(
  said: Said & { readonly leadAuthorityId: string },
  line: PlanLine | undefined,
): Draft {
  const made = draftOf(said, line)
  if ('refusal' in made) throw new Refused(made.refusal, 422)
  return made.draft
}

/** Why a line is none that a task may be made from: its plan is not published, or it is over. */
export function whyNotFrom({ planState, state }: Pick<PlanLine, 'planState' | 'state'>): Refusal | undefined {
  if (planState !== 'published') return { code: 'task.plan_not_published', params: { state: planState } }
  return state === 'planned' ? undefined : { code: 'task.line_ended' }
}

/** Why a draft may not be written down: it makes no sense, has no ground, or does not follow its line. */
export function whyNotDraft(
  draft: Draft & { readonly divisionCode: string },
  line: PlanLine | undefined,
  { law, place, parts }: { readonly law: Law; readonly place: Place; readonly parts: readonly WrittenPart[] },
): Refusal | undefined {
  if (line && draft.outsideGround !== null) return { code: 'task.both_origins' }
  const taking = parts.map(({ authorityId, items }) => ({
    authorityId,
    takesPart: true,
    itemIds: items.map(({ id }) => id),
  }))
  return (
    whyNotWritten(draft) ??
    whyNotCoded(draft, law, place) ??
    (line ? whyNotFrom(line) : whyNotOutside(law, place, draft)) ??
    (line && (whyNotFollow(line, draft, taking) ?? whyNotNarrow(line, draft)))
  )
}

/** Which draw of its line a new task is, and which task it is made in place of. Throws Refused where no draw is left. */
export async function numberedFor(
  writer: Writer,
  access: Access,
  line: PlanLine | undefined,
  { leadAuthorityId, replacesTaskId = null }: Pick<NewTask, 'leadAuthorityId' | 'replacesTaskId'>,
): Promise<{ readonly drawNo: number | null; readonly replacesTaskId: string | null }> {
  if (line) {
    // The line is locked: nobody takes a number meanwhile.
    const used = await drawsOfLine(writer, line.id)
    demand(whyNotAnotherDraw(line, used))
    const drawNo = freeDraw(line, used)!
    return { drawNo, replacesTaskId: (await cancelledDraw(writer, line.id, drawNo)) ?? null }
  }
  if (replacesTaskId === null) return { drawNo: null, replacesTaskId }
  const before = found(await findTask(writer, seenIn(access, 'task.show'), replacesTaskId), 'task')
  demand(whyNotReplace(before, leadAuthorityId))
  return { drawNo: null, replacesTaskId }
}

/** Throws Refused where who writes the task did not bring the file that shows the ground, for this authority and as that. */
export async function demandEvidence(
  reader: Reader,
  {
    hash,
    by,
    authorityId,
  }: { readonly hash: string | null; readonly by: string; readonly authorityId: string },
): Promise<void> {
  if (hash !== null && !(await hasGround(reader, { hash, by, authorityId })))
    demand({ code: 'task.evidence_unknown' })
}

/** Who takes part: as was said, else as the line has it; the lead always. Throws Refused where one cannot. */
export async function partsFor(
  writer: Writer,
  access: Access,
  { lead, said, line, place, members }: Choosing,
): Promise<readonly WrittenPart[]> {
  const chosen: readonly Chosen[] =
    said ?? line?.parts.map(({ authorityId, itemIds }) => ({ authorityId, itemIds })) ?? []
  const all = chosen.some(({ authorityId }) => authorityId === lead.id)
    ? chosen
    : [{ authorityId: lead.id, itemIds: [] }, ...chosen]
  const items = await itemsById(writer, [...new Set(all.flatMap(({ itemIds }) => itemIds))])
  const task = { state: 'drafted', startsOn: place.on, leadAuthorityId: lead.id }
  for (const { authorityId } of all) {
    if (authorityId === lead.id) continue
    const authority = found(
      await holdAuthority(writer, seenIn(access, 'authority.show'), authorityId),
      'authority',
    )
    demand(whyNotInvite(authority, task, undefined))
  }
  return all.map((part) => ({
    authorityId: part.authorityId,
    members: part.members ?? members(all.length),
    items: part.itemIds.map((id) =>
      owned(
        found(
          items.find((item) => item.id === id),
          'item',
        ),
        part,
        place,
      ),
    ),
  }))
}

interface Chosen {
  readonly authorityId: string
  readonly itemIds: readonly string[]
  readonly members?: number
}

interface Choosing {
  readonly lead: AuthorityRow
  readonly said: NewTask['parts']
  readonly line: PlanLine | undefined
  readonly place: Place
  readonly members: (authorities: number) => number
}

/**
 * How many inspectors an authority sends where nothing is said: together as many as the law asks for on a visit. In the
 * comprehensive mode a subject may be one authority's alone, which then sends them all.
 */
export function membersBy(law: Law, place: Place, mode: string | null): (authorities: number) => number {
  const least = ['draws.team_size', 'inspections.officers_per_visit'].map((key) => {
    const value = resolve(law, key, place)?.value
    return typeof value === 'number' ? value : 1
  })
  return (authorities) => Math.ceil(Math.max(...least) / (mode === COMPREHENSIVE ? 1 : authorities))
}

function owned(item: ItemRef, part: { readonly authorityId: string }, place: Place): ItemRef {
  demand(whyNotItem(item, part, { place }))
  return item
}
