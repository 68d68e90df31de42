// Draws at a place of the world, given up long ago: one that its authority leads, one that it oversees. Nothing of them is
// open to anybody else.

import type { Writer } from '../../src/platform/database/database.ts'
import type { Spot } from './spot.ts'

/** What of draws a request can be about. */
export interface DrawTarget {
  /** Discarded; its lead is the authority of the place. */
  readonly drawId: string
  /** Discarded; its oversight is the authority of the place, its lead is one where nobody works. */
  readonly overseenDrawId: string
  /** Of the draw that it leads, by an inspector of its own; withdrawn. */
  readonly replacementId: string
  /** To void the draw that it leads; withdrawn. */
  readonly drawRequestId: string
  /** To void the draw that it oversees; withdrawn. */
  readonly overseenRequestId: string
}

/** The same of which nothing is there. */
export function missingDraws(newId: () => string): DrawTarget {
  return {
    drawId: newId(),
    overseenDrawId: newId(),
    replacementId: newId(),
    drawRequestId: newId(),
    overseenRequestId: newId(),
  }
}

/** Both draws, and what was once asked for about them. */
export async function insertDrawThings(
  writer: Writer,
  spot: Spot,
  { taskId, inspectorId }: { readonly taskId: string; readonly inspectorId: string },
): Promise<DrawTarget> {
  const target = missingDraws(spot.newId)
  const nobody = spot.newId()
  const name = `示例部门${nobody.slice(-6)}`
  await writer
    .insertInto('agencies.authority')
    .values({ id: nobody, division_code: spot.division, name, short_name: name })
    .execute()
  const { authorityId } = spot
  await insertDiscarded(writer, spot, {
    id: target.drawId,
    taskId,
    lead: authorityId,
    oversight: nobody,
    serial: 1,
  })
  const overseen = { id: target.overseenDrawId, lead: nobody, oversight: authorityId }
  await insertDiscarded(writer, spot, { ...overseen, taskId, serial: 2 })
  await insertReplacement(writer, spot, target, inspectorId)
  for (const [id, drawId] of [
    [target.drawRequestId, target.drawId],
    [target.overseenRequestId, target.overseenDrawId],
  ] as const)
    await insertRequest(writer, spot, { id, drawId })
  return target
}

async function insertDiscarded(
  writer: Writer,
  { division, personId, now }: Spot,
  draw: {
    readonly id: string
    readonly taskId: string
    readonly lead: string
    readonly oversight: string
    readonly serial: number
  },
): Promise<void> {
  await writer
    .insertInto('draws.draw')
    .values({
      id: draw.id,
      name: `d01-2026-${draw.id.slice(-12)}`,
      task_id: draw.taskId,
      division_code: division,
      lead_authority_id: draw.lead,
      oversight_authority_id: draw.oversight,
      party_ids: [draw.lead, draw.oversight],
      serial: draw.serial,
      plan_ref: `task-${draw.taskId}`,
      draw_no: 1,
      state: 'discarded',
      end_reason: 'discarded',
      ended_at: now,
      is_sealed: false,
      mode: 'teams',
      law_version: '0'.repeat(64),
      frozen_by: personId,
      frozen_at: now,
    })
    .execute()
}

async function insertReplacement(
  writer: Writer,
  { authorityId, division, personId, now }: Spot,
  { drawId, replacementId }: DrawTarget,
  inspectorId: string,
): Promise<void> {
  const alias = drawId.replaceAll('-', '').padEnd(48, '0')
  await writer
    .insertInto('draws.drawn_from')
    .values({
      draw_id: drawId,
      alias,
      inspector_id: inspectorId,
      authority_id: authorityId,
      salt_cipher: 'v1.',
    })
    .execute()
  await writer
    .insertInto('draws.replacement')
    .values({
      id: replacementId,
      draw_id: drawId,
      division_code: division,
      authority_id: authorityId,
      alias,
      inspector_id: inspectorId,
      person_id: personId,
      origin: 'inspector',
      reason_code: 'RECUSAL',
      statement: '测试所需',
      evidence: '0'.repeat(64),
      steps: ['INSPECTOR_APPLIES', 'SUBSTITUTE_DRAWN'],
      state: 'withdrawn',
      requested_at: now,
      applied_at: now,
      ended_by: personId,
      ended_at: now,
    })
    .execute()
}

async function insertRequest(
  writer: Writer,
  { personId, now }: Spot,
  { id, drawId }: { readonly id: string; readonly drawId: string },
): Promise<void> {
  await writer
    .insertInto('draws.draw_request')
    .values({
      id,
      draw_id: drawId,
      kind: 'void',
      reason: 'cancelled',
      statement: '测试所需',
      evidence: '0'.repeat(64),
      state: 'withdrawn',
      proposed_by: personId,
      proposed_at: now,
    })
    .execute()
}
