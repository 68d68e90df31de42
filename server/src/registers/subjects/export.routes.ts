import { Type } from 'typebox'
import { dayOf } from '../../platform/clock.ts'
import type { Reader } from '../../platform/database/database.ts'
import { csvFile } from '../../platform/http/csv-file.ts'
import { read, type Route } from '../../platform/http/route.ts'
import type { Reach } from '../../platform/reach.ts'
import { Refused } from '../../platform/refusal.ts'
import type { Industries } from '../../law/index.ts'
import { subjectsTable } from './export.ts'
import { filterOf } from './filter.ts'
import type { SubjectParts } from './parts.ts'
import { searchSubjects, type SubjectFilter, type SubjectKey } from './search.store.ts'
import { listedSubjects } from './subjects.representation.ts'
import { SubjectExportQuery } from './subjects.schema.ts'

/** More than a table is good for, and more than anybody needs at once (I17). */
const MOST_ROWS = 50_000
const AT_ONCE = 1000

/** What one sees, as a file; who took it is written down. */
export function exportRoutes({ book }: SubjectParts): readonly Route[] {
  return [
    read({
      method: 'GET',
      path: '/subject-export',
      action: 'subject.export',
      summary: '导出检查对象名录（CSV），与所见一致；不含联系电话，导出留下记录，每次不超过五万行',
      schema: { query: SubjectExportQuery },
      replies: { 200: Type.String() },
      recorded: true,
      async handler({ reader, reach, access, now, query }) {
        const { columns, ...rest } = query
        const filter = await filterOf(reader, access, rest)
        const { industries } = await book.read(reader)
        const text = await tableOf(reader, { reach, filter, industries, columns: columns?.split(',') })
        return csvFile(text, `检查对象名录${dayOf(now)}.csv`, `subjects-${dayOf(now)}.csv`)
      },
    }),
  ]
}

async function tableOf(
  reader: Reader,
  {
    reach,
    filter,
    industries,
    columns,
  }: {
    readonly reach: Reach
    readonly filter: SubjectFilter
    readonly industries: Industries
    readonly columns: readonly string[] | undefined
  },
): Promise<string> {
  const table = subjectsTable(columns)
  const parts = [table.start]
  let count = 0
  let after: SubjectKey | undefined
  do {
    const { rows, next } = await searchSubjects(reader, reach, filter, { after, limit: AT_ONCE })
    count += rows.length
    if (count > MOST_ROWS)
      throw new Refused({ code: 'subject.too_many_to_export', params: { most: MOST_ROWS } })
    parts.push(table.lines(await listedSubjects(reader, rows, industries)))
    after = next
  } while (after !== undefined)
  return parts.join('')
}
