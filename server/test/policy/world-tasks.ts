// A task at a place of the world, cancelled long ago, with what goes with it. Only its authority is a party to it.

import type { Writer } from '../../src/platform/database/database.ts'
import { dayOf } from '../../src/platform/clock.ts'
import type { Spot } from './spot.ts'

/** What of tasks a request can be about. */
export interface TaskTarget {
  /** Cancelled. */
  readonly taskId: string
  /** Its lead's; accepted. */
  readonly participationId: string
  readonly opinionId: string
  /** Superseded. */
  readonly schemeId: string
  /** Of a subject; withdrawn. */
  readonly visitId: string
}

/** The same of which nothing is there. */
export function missingTasks(newId: () => string): TaskTarget {
  return {
    taskId: newId(),
    participationId: newId(),
    opinionId: newId(),
    schemeId: newId(),
    visitId: newId(),
  }
}

/** A task with its lead, an opinion, a scheme, a subject that is left out; and a visit. `deciderId` is not `personId`. */
export async function insertTaskThings(
  writer: Writer,
  spot: Spot,
  { subjectId, deciderId }: { readonly subjectId: string; readonly deciderId: string },
): Promise<TaskTarget> {
  const target = missingTasks(spot.newId)
  await insertCancelledTask(writer, spot, target.taskId)
  const { taskId } = target
  const { division, authorityId, personId, now } = spot
  await writer
    .insertInto('tasks.participation')
    .values({
      id: target.participationId,
      task_id: taskId,
      division_code: division,
      authority_id: authorityId,
      is_lead: true,
      state: 'accepted',
      prepared_by: personId,
      drafter_ids: [personId],
      answered_by: deciderId,
      answered_at: now,
      conflicts_confirmed_by: personId,
      conflicts_confirmed_at: now,
    })
    .execute()
  await insertPapers(writer, spot, target, deciderId)
  const place = { division_code: division, subject_id: subjectId }
  await writer
    .insertInto('tasks.task_exclusion')
    .values({
      ...place,
      task_id: taskId,
      reason: '测试所需',
      evidence: '示例',
      named_by: personId,
      named_at: now,
    })
    .execute()
  await insertWithdrawnVisit(writer, spot, { id: target.visitId, subjectId })
  return target
}

const SCOPE = {
  register: null,
  industries: [],
  entityTypes: [],
  kinds: [],
  licenceKinds: [],
  pools: [],
  tags: [],
  classes: [],
}

async function insertCancelledTask(
  writer: Writer,
  { authorityId, division, personId, now }: Spot,
  id: string,
): Promise<void> {
  const day = dayOf(now)
  await writer
    .insertInto('tasks.task')
    .values({
      id,
      division_code: division,
      lead_authority_id: authorityId,
      year: Number(day.slice(0, 4)),
      serial: 1,
      number: '示例抽查1号',
      name: '示例抽查任务',
      field: 'market',
      tier: 'GENERAL',
      outside_ground: 'COMPLAINT',
      outside_note: '示例',
      outside_evidence: '0'.repeat(64),
      draw_type: 'UNTARGETED',
      draw_level: 'county',
      inspect_level: 'county',
      scope: JSON.stringify({ ...SCOPE, divisions: [division] }),
      strata_by: 'whole',
      design: JSON.stringify({ kind: 'ratio', ratio: 500 }),
      methods: ['ON_SITE'],
      starts_on: day,
      ends_on: day,
      matching: 'subjects',
      load_cap: 20,
      drawn_list_published: true,
      party_ids: [authorityId],
      state: 'cancelled',
      law_version: '0'.repeat(64),
      drafted_by: personId,
      drafter_ids: [personId],
      ended_by: personId,
      end_reason: '测试所需',
    })
    .execute()
}

async function insertPapers(
  writer: Writer,
  { authorityId, division, personId, now }: Spot,
  { taskId, opinionId, schemeId }: TaskTarget,
  deciderId: string,
): Promise<void> {
  const of = { task_id: taskId, division_code: division }
  await writer
    .insertInto('tasks.opinion')
    .values({
      ...of,
      id: opinionId,
      authority_id: authorityId,
      round: 1,
      text: '示例意见',
      given_by: personId,
      given_at: now,
      adopted: true,
      replied_by: deciderId,
      replied_at: now,
    })
    .execute()
  await writer
    .insertInto('tasks.scheme')
    .values({
      ...of,
      id: schemeId,
      number: 1,
      terms: '{}',
      sections: '[]',
      task_version: 1,
      law_version: '0'.repeat(64),
      state: 'superseded',
      written_by: personId,
      drafter_ids: [personId],
      written_at: now,
      published_by: deciderId,
      published_at: now,
      published_on: dayOf(now),
    })
    .execute()
}

async function insertWithdrawnVisit(
  writer: Writer,
  { newId, authorityId, division, personId, now }: Spot,
  { id, subjectId }: { readonly id: string; readonly subjectId: string },
): Promise<void> {
  const day = dayOf(now)
  const evidenceId = newId()
  await writer
    .insertInto('tasks.evidence')
    .values({
      id: evidenceId,
      hash: '0'.repeat(64),
      purpose: 'visit',
      authority_id: authorityId,
      division_code: division,
      uploaded_by: personId,
      uploaded_at: now,
    })
    .execute()
  await writer
    .insertInto('tasks.visit')
    .values({
      id,
      division_code: division,
      subject_id: subjectId,
      year: Number(day.slice(0, 4)),
      on_day: day,
      level: 'county',
      authority_ids: [authorityId],
      source: 'declared',
      evidence_id: evidenceId,
      entered_by: personId,
      withdrawn_at: now,
      withdrawal_reason: '测试所需',
    })
    .execute()
}
