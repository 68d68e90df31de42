// What anybody may read of tasks: those that were agreed, also when they were cancelled afterwards.

import type { Reader } from '../../platform/database/database.ts'
import { divisionPrefix } from '../../platform/reach.ts'

/**
 * The newest first, one more than the limit; `after` is the id of the last of the page before. What a task replaces is named
 * where that was agreed too.
 */
export function listPublic(
  reader: Reader,
  asked: {
    readonly division: string | undefined
    readonly after: string | undefined
    readonly limit: number
  },
) {
  const { division, after, limit } = asked
  return reader
    .selectFrom('tasks.task as t')
    .innerJoin('agencies.authority as a', 'a.id', 't.lead_authority_id')
    .leftJoin('plans.plan_line as l', 'l.id', 't.plan_line_id')
    .leftJoin('tasks.task as r', (join) =>
      join.onRef('r.id', '=', 't.replaces_task_id').on('r.open_division_code', 'is not', null),
    )
    .select(['t.id', 't.number', 't.name', 't.scope', 't.state', 'a.name as leadAuthorityName'])
    .select([
      't.division_code as divisionCode',
      'l.plan_id as planId',
      'l.number as lineNumber',
      't.draw_no as drawNo',
      't.outside_ground as outsideGround',
      't.narrowed_reason as narrowedReason',
      't.starts_on as startsOn',
      't.ends_on as endsOn',
      't.agreed_at as agreedAt',
      't.end_reason as endReason',
      'r.id as replacesId',
      'r.number as replacesNumber',
    ])
    .where('t.open_division_code', 'is not', null)
    .$if(division !== undefined, (query) =>
      query.where('t.open_division_code', 'like', `${divisionPrefix(division!)}%`),
    )
    .$if(after !== undefined, (query) => query.where('t.id', '<', after!))
    .orderBy('t.id', 'desc')
    .limit(limit + 1)
    .execute()
}

export type PublicRow = Awaited<ReturnType<typeof listPublic>>[number]
