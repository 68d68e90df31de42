// 抽查任务: every statement that writes tasks.

import { sql } from 'kysely'
import type { Writer } from '../../platform/database/database.ts'
import { joinedBy } from '../drafters.store.ts'
import type { Figures } from '../scope/scope.schema.ts'
import type { TaskState } from '../shapes.ts'
import type { Draft, Said } from './draft.rules.ts'

/** A new task, with the next number of its lead in its year. */
export async function insertTask(
  writer: Writer,
  task: Draft & {
    readonly id: string
    readonly divisionCode: string
    readonly leadShortName: string
    readonly planLineVersion: number | null
    readonly drawNo: number | null
    readonly replacesTaskId: string | null
    readonly lawVersion: string
    readonly draftedById: string
  },
): Promise<void> {
  const { id, divisionCode, leadAuthorityId, leadShortName, planLineVersion, lawVersion, draftedById } = task
  const year = Number(task.startsOn.slice(0, 4))
  const { last } = await writer
    .selectFrom('tasks.task')
    .select((eb) => eb.fn.coalesce(eb.fn.max('serial'), sql<number>`0`).as('last'))
    .where('lead_authority_id', '=', leadAuthorityId)
    .where('year', '=', year)
    .executeTakeFirstOrThrow()
  const serial = last + 1
  await writer
    .insertInto('tasks.task')
    .values({
      ...columnsOf(task),
      id,
      division_code: divisionCode,
      lead_authority_id: leadAuthorityId,
      plan_line_id: task.planLineId,
      plan_line_version: planLineVersion,
      draw_no: task.drawNo,
      replaces_task_id: task.replacesTaskId,
      year,
      serial,
      number: `${leadShortName}抽查〔${year}〕${serial}号`,
      party_ids: [leadAuthorityId],
      state: 'drafted',
      law_version: lawVersion,
      drafted_by: draftedById,
      drafter_ids: [draftedById],
    } as never)
    .execute()
}

/** Changes the draft of a task, held against the line as that stands now. Whoever did is one of its drafters. */
export async function updateTask(
  writer: Writer,
  id: string,
  edit: Said & {
    readonly planLineVersion?: number | null
    readonly lawVersion: string
    readonly draftedById: string
  },
): Promise<void> {
  const { planLineVersion, lawVersion, draftedById } = edit
  await writer
    .updateTable('tasks.task')
    .set((eb) => ({
      ...columnsOf(edit),
      ...(planLineVersion === undefined ? {} : { plan_line_version: planLineVersion }),
      law_version: lawVersion,
      drafted_by: draftedById,
      drafter_ids: joinedBy(draftedById),
      dispatched_by: null,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', id)
    .execute()
}

/** A step of a task on its way. */
export async function stepTask(
  writer: Writer,
  id: string,
  step: {
    readonly state: TaskState
    readonly figures?: Figures
    readonly replyBy?: string | null
    readonly isNewRound?: true
    /** Null: taken back. Somebody else has seen what was sent, so that only who wrote last is its drafter still. */
    readonly dispatchedBy?: string | null
    readonly agreedAt?: Date
    readonly endedBy?: string
    readonly endReason?: string
    readonly at: Date
  },
): Promise<void> {
  const { state, figures, replyBy, isNewRound, dispatchedBy, agreedAt, endedBy, endReason, at } = step
  await writer
    .updateTable('tasks.task')
    .set((eb) => ({
      version: eb('version', '+', 1),
      state,
      ...(figures === undefined ? {} : { figures: JSON.stringify(figures), figures_at: at }),
      ...(replyBy === undefined ? {} : { reply_by: replyBy }),
      ...(isNewRound === undefined ? {} : { round: eb('round', '+', 1) }),
      ...(dispatchedBy === undefined
        ? {}
        : { dispatched_by: dispatchedBy, dispatched_at: dispatchedBy === null ? null : at }),
      ...(dispatchedBy === null ? { drafter_ids: sql<string[]>`array[drafted_by]` } : {}),
      ...(agreedAt === undefined ? {} : { agreed_at: agreedAt }),
      ...(endedBy === undefined ? {} : { ended_by: endedBy }),
      ...(endReason === undefined ? {} : { end_reason: endReason.normalize('NFC') }),
    }))
    .where('id', '=', id)
    .execute()
}

const NAMES = {
  name: 'name',
  field: 'field',
  tier: 'tier',
  mode: 'mode',
  crossRegion: 'cross_region',
  drawType: 'draw_type',
  drawLevel: 'draw_level',
  inspectLevel: 'inspect_level',
  scope: 'scope',
  narrowedReason: 'narrowed_reason',
  strataBy: 'strata_by',
  design: 'design',
  waived: 'waived_exclusions',
  methods: 'methods',
  startsOn: 'starts_on',
  endsOn: 'ends_on',
  matching: 'matching',
  teamCount: 'team_count',
  loadCap: 'load_cap',
  tauHundredths: 'tau_hundredths',
  drawnListPublished: 'drawn_list_published',
  capGround: 'cap_ground',
  capNote: 'cap_note',
  outsideGround: 'outside_ground',
  outsideNote: 'outside_note',
  outsideEvidence: 'outside_evidence',
} as const satisfies Partial<Record<keyof Draft, string>>

const AS_JSON: readonly string[] = ['scope', 'design', 'waived']

/** The columns of what is said of a task. Texts in their normal form. */
function columnsOf(said: Said): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(NAMES).flatMap(([name, column]) => {
      const value = said[name as keyof Said]
      return value === undefined ? [] : [[column, columnValue(name, value)]]
    }),
  )
}

function columnValue(name: string, value: unknown): unknown {
  if (value === null) return null
  if (AS_JSON.includes(name)) return JSON.stringify(value)
  if (Array.isArray(value)) return [...(value as readonly unknown[])]
  return typeof value === 'string' ? value.normalize('NFC') : value
}
