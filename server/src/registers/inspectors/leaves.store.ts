// 请假: every statement about leave.

import { sql } from 'kysely'
import type { Reader, Writer } from '../../platform/database/database.ts'
import { type Reach, within } from '../../platform/reach.ts'

/** The leaves of an inspector, the latest first. */
export function listLeaves(reader: Reader, reach: Reach, inspectorId: string) {
  return shown(reader, reach)
    .where('l.inspector_id', '=', inspectorId)
    .orderBy('l.from_on', 'desc')
    .orderBy('l.id', 'desc')
    .execute()
}

export type LeaveRow = Awaited<ReturnType<typeof listLeaves>>[number]

/** A leave that nobody else changes until the transaction ends. */
export function lockLeave(writer: Writer, reach: Reach, id: string): Promise<LeaveRow | undefined> {
  return shown(writer, reach).where('l.id', '=', id).forUpdate('l').executeTakeFirst()
}

export async function insertLeave(
  writer: Writer,
  leave: {
    readonly id: string
    readonly inspectorId: string
    readonly from: string
    readonly until: string
    readonly reason: string
    readonly by: string
  },
): Promise<void> {
  await writer
    .insertInto('registers.inspector_leave')
    .values({
      id: leave.id,
      inspector_id: leave.inspectorId,
      from_on: leave.from,
      until_on: leave.until,
      reason: leave.reason.normalize('NFC'),
      recorded_by: leave.by,
    })
    .execute()
}

export async function endLeave(
  writer: Writer,
  id: string,
  end: { readonly until: string } | { readonly withdrawnAt: Date },
): Promise<void> {
  await writer
    .updateTable('registers.inspector_leave')
    .set((eb) => ({
      version: eb('version', '+', 1),
      ...('until' in end ? { until_on: end.until } : { withdrawn_at: end.withdrawnAt }),
    }))
    .where('id', '=', id)
    .execute()
}

function shown(reader: Reader, reach: Reach) {
  return reader
    .selectFrom('registers.inspector_leave as l')
    .innerJoin('registers.inspector as i', 'i.id', 'l.inspector_id')
    .innerJoin('agencies.person as r', 'r.id', 'l.recorded_by')
    .select(['l.id', 'l.version', 'l.from_on as from', 'l.until_on as until', 'l.reason'])
    .select(['l.inspector_id as inspectorId', 'r.name as recordedByName'])
    .select(sql<boolean>`l.withdrawn_at is not null`.as('isWithdrawn'))
    .select(['i.authority_id as authorityId', 'i.division_code as divisionCode', 'i.person_id as personId'])
    .where(within(reach, { authority: 'i.authority_id', division: 'i.division_code', person: 'i.person_id' }))
}
