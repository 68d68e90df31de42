// 统计: every statement about the figures of the register. What they are is the view registers.subject_figure.

import { sql } from 'kysely'
import type { Reader, Writer } from '../../platform/database/database.ts'
import { divisionPrefix, type Reach, within } from '../../platform/reach.ts'

/** How many subjects there are of something. */
export interface Figure {
  readonly key: string
  readonly subjects: number
}

/** Counts anew what the figures show. */
export async function countSubjects(writer: Writer): Promise<void> {
  await sql`select registers.count_subjects()`.execute(writer)
}

/** When the figures were counted; nothing where nobody has, or nobody was there to be counted. */
export async function countedAt(reader: Reader): Promise<Date | undefined> {
  const { rows } = await sql<{
    at: Date | null
  }>`select max(as_of) as at from registers.subject_figure_kept`.execute(reader)
  return rows[0]?.at ?? undefined
}

/** The figures of a division and all below it, as far as the reach goes, by one of their columns. */
export async function figuresBy(
  reader: Reader,
  reach: Reach,
  {
    division,
    by,
  }: { readonly division: string; readonly by: 'division' | 'industry' | 'class' | 'entityType' },
): Promise<readonly Figure[]> {
  const prefix = divisionPrefix(division)
  // The next level down: provinces of the nation, prefectures of a province, counties of a prefecture.
  const keys = {
    division: sql`rpad(left(f.division_code, ${Math.min(prefix.length + 2, 6)}::int), 6, '0')`,
    industry: sql`f.industry_section`,
    class: sql`f.credit_class`,
    entityType: sql`f.entity_type`,
  }
  const { rows } = await sql<Figure>`
    select ${keys[by]} as key, sum(f.subjects)::int as subjects from registers.subject_figure_kept f
     where f.division_code like ${`${prefix}%`} and ${within(reach, { division: 'f.division_code' })}
     group by 1 order by 1`.execute(reader)
  return rows
}
