import { Type } from 'typebox'
import { dayOf } from '../../platform/clock.ts'
import { csvFile } from '../../platform/http/csv-file.ts'
import { read, type Route } from '../../platform/http/route.ts'
import { Refused } from '../../platform/refusal.ts'
import { inspectorsCsv } from './export.ts'
import { daysOf, represent } from './inspectors.representation.ts'
import { InspectorFilters } from './inspectors.schema.ts'
import { listInspectors } from './inspectors.store.ts'
import type { InspectorParts } from './parts.ts'

/** Inspectors of a province, several times over. */
const MOST_ROWS = 20_000

/** What one sees, as a file: never a number in the clear, and who took it is written down. */
export function exportRoutes({ secrets, book }: InspectorParts): readonly Route[] {
  return [
    read({
      method: 'GET',
      path: '/inspector-export',
      action: 'inspector.export',
      summary: '导出执法检查人员名录（CSV）；身份证号和手机号只有遮盖后的，导出留下记录',
      schema: { query: InspectorFilters },
      replies: { 200: Type.String() },
      recorded: true,
      async handler(context) {
        const { reader, reach, now, query } = context
        const rows = await listInspectors(reader, reach, daysOf(now), { ...query, limit: MOST_ROWS })
        if (rows.length > MOST_ROWS)
          throw new Refused({ code: 'inspector.too_many_to_export', params: { most: MOST_ROWS } })
        const law = await book.read(reader)
        const shown = rows.map((row) => represent(row, context, { secrets, law }))
        const name = `执法检查人员名录${dayOf(now)}.csv`
        return csvFile(inspectorsCsv(shown, law), name, `inspectors-${dayOf(now)}.csv`)
      },
    }),
  ]
}
