// 回避和替换: every statement about who asked to be replaced, and what came of it.

import { sql } from 'kysely'
import type { Reader, Writer } from '../../platform/database/database.ts'
import { type Reach, within } from '../../platform/reach.ts'
import type { Held, Origin, ReplacementFacts, ReplacementState } from './replacements.rules.ts'

/** Which are asked for; `after` is the id of the last of the page before. */
export interface ReplacementFilter {
  readonly draw?: string | undefined
  readonly authority?: string | undefined
  readonly state?: readonly ReplacementState[] | undefined
  /** Of one person alone. */
  readonly person?: string | undefined
  readonly after: string | undefined
  readonly limit: number
}

/** The newest first, one more than the limit. */
export async function listReplacements(
  reader: Reader,
  reach: Reach,
  { draw, authority, state, person, after, limit }: ReplacementFilter,
): Promise<readonly ReplacementRow[]> {
  const rows = await shown(reader, reach)
    .$if(draw !== undefined, (query) => query.where('r.draw_id', '=', draw!))
    .$if(authority !== undefined, (query) => query.where('r.authority_id', '=', authority!))
    .$if(state !== undefined, (query) => query.where('r.state', 'in', [...state!]))
    .$if(person !== undefined, (query) => query.where('r.person_id', '=', person!))
    .$if(after !== undefined, (query) => query.where('r.id', '<', after!))
    .orderBy('r.id', 'desc')
    .limit(limit + 1)
    .execute()
  return rows.map(rowOf)
}

/** One. */
export async function findReplacement(
  reader: Reader,
  reach: Reach,
  id: string,
): Promise<ReplacementRow | undefined> {
  const row = await shown(reader, reach).where('r.id', '=', id).executeTakeFirst()
  return row && rowOf(row)
}

/** The one that waits for an event. Asks for no reach: for the system's own step. */
export async function replacementOfEvent(
  reader: Reader,
  drawId: string,
  n: number,
): Promise<ReplacementRow | undefined> {
  const row = await all(reader).where('r.draw_id', '=', drawId).where('r.event_n', '=', n).executeTakeFirst()
  return row && rowOf(row)
}

/** Nobody else moves it until the transaction ends. Asks for no reach: of one that was found within one. */
export async function holdReplacement(writer: Writer, id: string): Promise<void> {
  await writer.selectFrom('draws.replacement').select('id').where('id', '=', id).forUpdate().execute()
}

/** Who holds what in a draw now, by the person. Asks for no reach: of a draw that was found within one. */
export async function heldBy(
  reader: Reader,
  drawId: string,
  personId: string,
): Promise<(Held & { readonly inspectorId: string; readonly authorityId: string }) | undefined> {
  const rows = await heldPlaces(reader, drawId).where('i.person_id', '=', personId).execute()
  return heldOf(rows)
}

/** The same, by the alias. */
export async function heldAs(reader: Reader, drawId: string, alias: string) {
  const rows = await heldPlaces(reader, drawId).where('p.alias', '=', alias).execute()
  const held = heldOf(rows)
  return held && { ...held, personId: rows[0]!.personId }
}

/** Which team visits a subject, or, where each has people of its own, itself. */
export async function placeOfSubject(
  reader: Reader,
  drawId: string,
  code: string,
): Promise<string | undefined> {
  const row = await reader
    .selectFrom('draws.selected')
    .select(['place', 'code'])
    .where('draw_id', '=', drawId)
    .where('code', '=', code)
    .where('left_n', 'is', null)
    .executeTakeFirst()
  return row && (row.place ?? row.code)
}

/** What is written down of a new one. */
export interface NewReplacement {
  readonly id: string
  readonly drawId: string
  readonly divisionCode: string
  readonly authorityId: string
  readonly alias: string
  readonly inspectorId: string
  readonly personId: string
  readonly subject: string | null
  readonly origin: Origin
  readonly reasonCode: string
  readonly statement: string
  readonly evidence: string
  readonly steps: readonly string[]
  /** Nobody: the inspector himself. */
  readonly requestedBy: string | null
  readonly now: Date
}

export async function insertReplacement(writer: Writer, asked: NewReplacement): Promise<void> {
  const isOwn = asked.origin === 'inspector'
  await writer
    .insertInto('draws.replacement')
    .values({
      id: asked.id,
      draw_id: asked.drawId,
      division_code: asked.divisionCode,
      authority_id: asked.authorityId,
      alias: asked.alias,
      inspector_id: asked.inspectorId,
      person_id: asked.personId,
      subject_code: asked.subject,
      origin: asked.origin,
      reason_code: asked.reasonCode,
      statement: asked.statement,
      evidence: asked.evidence,
      steps: [...asked.steps],
      state: isOwn ? 'applied' : 'requested',
      requested_by: asked.requestedBy,
      requested_at: asked.now,
      applied_at: isOwn ? asked.now : null,
    })
    .execute()
}

/** What a step changes; what is left out stays. */
export interface ReplacementPatch {
  readonly state: ReplacementState
  readonly applied_at?: Date
  readonly reviewed_by?: string
  readonly reviewed_at?: Date
  readonly approved_by?: string
  readonly approved_at?: Date
  readonly decision_note?: string
  readonly ended_by?: string
  readonly ended_at?: Date
  readonly event_n?: number
}

export async function stepReplacement(writer: Writer, id: string, patch: ReplacementPatch): Promise<void> {
  await writer
    .updateTable('draws.replacement')
    .set({ ...patch, version: sql`version + 1` })
    .where('id', '=', id)
    .execute()
}

type Shown = Awaited<ReturnType<ReturnType<typeof all>['execute']>>[number]
/** One with the names that go with it. */
export type ReplacementRow = Omit<Shown, keyof ReplacementFacts> & ReplacementFacts

function rowOf(row: Shown): ReplacementRow {
  return row as unknown as ReplacementRow
}

/** His own, his authority's, and those of the draws that an authority leads or oversees. */
function shown(reader: Reader, reach: Reach) {
  return all(reader).where((eb) =>
    eb.or([
      within(reach, { authority: 'r.authority_id', person: 'r.person_id' }),
      within(reach, { authority: 'd.lead_authority_id' }),
      within(reach, { authority: 'd.oversight_authority_id' }),
    ]),
  )
}

function all(reader: Reader) {
  return reader
    .selectFrom('draws.replacement as r')
    .innerJoin('draws.draw as d', 'd.id', 'r.draw_id')
    .innerJoin('tasks.task as t', 't.id', 'd.task_id')
    .innerJoin('agencies.authority as a', 'a.id', 'r.authority_id')
    .innerJoin('agencies.person as n', 'n.id', 'r.person_id')
    .leftJoin('agencies.person as q', 'q.id', 'r.requested_by')
    .leftJoin('agencies.person as v', 'v.id', 'r.reviewed_by')
    .leftJoin('agencies.person as p', 'p.id', 'r.approved_by')
    .leftJoin('agencies.person as x', 'x.id', 'r.ended_by')
    .leftJoin('draws.event as e', (join) =>
      join.onRef('e.draw_id', '=', 'r.draw_id').onRef('e.n', '=', 'r.event_n'),
    )
    .select(['r.id', 'r.version', 'r.alias', 'r.origin', 'r.statement', 'r.evidence', 'r.steps', 'r.state'])
    .select(['e.entered', 'e.source', 'e.settled_at as settledAt', 'd.name as drawName', 'd.mode'])
    .select(['t.name as taskName', 'a.name as authorityName', 'n.name as personName'])
    .select(['q.name as requestedByName', 'v.name as reviewedByName', 'p.name as approvedByName'])
    .select('x.name as endedByName')
    .select((eb) =>
      eb
        .selectFrom('draws.selected as c')
        .innerJoin('registers.subject as s', (join) =>
          join.onRef('s.id', '=', 'c.subject_id').onRef('s.division_code', '=', 'c.division_code'),
        )
        .whereRef('c.draw_id', '=', 'r.draw_id')
        .whereRef('c.code', '=', 'r.subject_code')
        .select('s.name')
        .as('subjectName'),
    )
    .select([
      'r.draw_id as drawId',
      'r.division_code as divisionCode',
      'r.authority_id as authorityId',
      'd.lead_authority_id as leadAuthorityId',
      'd.oversight_authority_id as oversightAuthorityId',
      'r.person_id as personId',
      'r.subject_code as subject',
      'r.reason_code as reasonCode',
      'r.requested_by as requestedById',
      'r.requested_at as requestedAt',
      'r.applied_at as appliedAt',
      'r.reviewed_by as reviewedById',
      'r.reviewed_at as reviewedAt',
      'r.approved_by as approvedById',
      'r.approved_at as approvedAt',
      'r.decision_note as decisionNote',
      'r.ended_by as endedById',
      'r.ended_at as endedAt',
      'r.event_n as eventN',
    ])
}

function heldPlaces(reader: Reader, drawId: string) {
  return reader
    .selectFrom('draws.post as p')
    .innerJoin('draws.drawn_from as f', (join) =>
      join.onRef('f.draw_id', '=', 'p.draw_id').onRef('f.alias', '=', 'p.alias'),
    )
    .innerJoin('registers.inspector as i', 'i.id', 'f.inspector_id')
    .select(['p.alias', 'p.place', 'f.inspector_id as inspectorId', 'f.authority_id as authorityId'])
    .select('i.person_id as personId')
    .where('p.draw_id', '=', drawId)
    .where('p.left_n', 'is', null)
    .orderBy('p.place')
}

function heldOf(
  rows: readonly {
    readonly alias: string
    readonly place: string
    readonly inspectorId: string
    readonly authorityId: string
  }[],
) {
  const [first] = rows
  if (!first) return undefined
  const { alias, inspectorId, authorityId } = first
  return { alias, inspectorId, authorityId, places: rows.map(({ place }) => place) }
}
