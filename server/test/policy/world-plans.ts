// A plan at a place of the world, discarded long ago, with what goes with it. Only its authority is a party to it.

import type { Writer } from '../../src/platform/database/database.ts'
import { dayOf } from '../../src/platform/clock.ts'
import type { Spot } from './spot.ts'

/** What of plans a request can be about. */
export interface PlanTarget {
  /** Discarded. */
  readonly planId: string
  readonly lineId: string
  /** Withdrawn. */
  readonly amendmentId: string
  /** Withdrawn; to the authority itself. */
  readonly filingId: string
  /** Discarded. */
  readonly planImportId: string
}

/** The same of which nothing is there. */
export function missingPlans(newId: () => string): PlanTarget {
  return {
    planId: newId(),
    lineId: newId(),
    amendmentId: newId(),
    filingId: newId(),
    planImportId: newId(),
  }
}

/** A plan with a line, an amendment, a filing and an import. */
export async function insertPlanThings(writer: Writer, spot: Spot): Promise<PlanTarget> {
  const target = missingPlans(spot.newId)
  await insertDiscardedPlan(writer, spot, target)
  const { planId } = target
  const { division, authorityId, personId, now } = spot
  await writer
    .insertInto('plans.amendment')
    .values({
      id: target.amendmentId,
      plan_id: planId,
      division_code: division,
      number: 1,
      reason_code: 'CORRECTION',
      reason: '测试所需',
      state: 'withdrawn',
      made_by: personId,
      drafter_ids: [personId],
    })
    .execute()
  await writer
    .insertInto('plans.filing')
    .values({
      id: target.filingId,
      kind: 'filing',
      plan_id: planId,
      authority_id: authorityId,
      division_code: division,
      year: 2024,
      receiver_id: authorityId,
      body: 'JOINT_CONFERENCE',
      submitted_by: personId,
      submitted_at: now,
      submitted_on: dayOf(now),
      state: 'withdrawn',
    })
    .execute()
  await writer
    .insertInto('plans.plan_import')
    .values({
      id: target.planImportId,
      plan_id: planId,
      division_code: division,
      file_name: '计划表.csv',
      file_hash: '0'.repeat(64),
      plan_version: 1,
      report: JSON.stringify({ unused: [], rows: [] }),
      state: 'discarded',
      uploaded_by: personId,
      uploaded_at: now,
    })
    .execute()
  return target
}

async function insertDiscardedPlan(
  writer: Writer,
  { authorityId, division, personId }: Spot,
  { planId, lineId }: PlanTarget,
): Promise<void> {
  await writer
    .insertInto('plans.plan')
    .values({
      id: planId,
      division_code: division,
      authority_id: authorityId,
      kind: 'annual',
      year: 2024,
      title: '示例计划',
      field: 'market',
      party_ids: [authorityId],
      state: 'discarded',
      law_version: '0'.repeat(64),
      made_by: personId,
      drafter_ids: [personId],
    })
    .execute()
  await writer
    .insertInto('plans.plan_line')
    .values({
      id: lineId,
      plan_id: planId,
      division_code: division,
      number: 1,
      task_name: '示例抽查',
      draw_type: 'UNTARGETED',
      tier: 'GENERAL',
      field: 'market',
      lead_authority_id: authorityId,
      object: '示例单位',
      scope: JSON.stringify({ ...EVERYBODY, divisions: [division] }),
      ratio: 500,
      starts_on: '2024-03-01',
      ends_on: '2024-11-30',
      draw_level: 'county',
      inspect_level: 'county',
    })
    .execute()
  await writer
    .insertInto('plans.plan_line_part')
    .values({ line_id: lineId, set_number: 1, ordinal: 1, authority_id: authorityId })
    .execute()
}

const EVERYBODY = {
  register: null,
  industries: [],
  entityTypes: [],
  kinds: [],
  licenceKinds: [],
  pools: [],
  tags: [],
  classes: [],
}
