// What plan tables are read against, and the imports themselves.

import { sql } from 'kysely'
import type { Reader, Writer } from '../../platform/database/database.ts'
import { divisionPrefix, type Reach, within } from '../../platform/reach.ts'
import type { AppliesTo } from '../../registers/index.ts'
import type { PlanReport } from './imports.rules.ts'

/** The authorities of a division and of those below it that inspect; its own first. */
export function inspectingUnder(reader: Reader, divisionCode: string) {
  return reader
    .selectFrom('agencies.authority')
    .select(['id', 'name', 'short_name as shortName', 'division_code as divisionCode'])
    .where('division_code', 'like', `${divisionPrefix(divisionCode)}%`)
    .where('inspects', '=', true)
    .where('closed_on', 'is', null)
    .orderBy('division_code')
    .orderBy('id')
    .execute()
}

/** The names of divisions. */
export async function divisionNames(reader: Reader, codes: readonly string[]): Promise<readonly string[]> {
  const rows = await reader
    .selectFrom('agencies.division')
    .select('name')
    .where('code', 'in', [...codes])
    .orderBy('code', 'desc')
    .execute()
  return rows.map(({ name }) => name)
}

/** The items that authorities may inspect by on a day or later, and those that lines name already. */
export function itemsForTables(
  reader: Reader,
  {
    authorityIds,
    on,
    named,
  }: {
    readonly authorityIds: readonly string[]
    readonly on: string
    readonly named: readonly string[]
  },
) {
  return reader
    .selectFrom('registers.inspection_item as i')
    .select(['i.id', 'i.code', 'i.name', 'i.object', 'i.sub_item as subItem'])
    .select(['i.authority_id as authorityId', sql<AppliesTo>`i.applies_to`.as('appliesTo')])
    .where(
      sql<boolean>`(i.id = any(${[...named]}::uuid[]) or (i.authority_id = any(${[...authorityIds]}::uuid[])
        and i.state = 'effective' and coalesce(i.effective_until, 'infinity') >= ${on}::date))`,
    )
    .orderBy('i.code')
    .orderBy('i.id')
    .execute()
}

/** What is written of a new import. */
export interface WrittenImport {
  readonly id: string
  readonly planId: string
  readonly divisionCode: string
  readonly fileName: string
  readonly fileHash: string
  readonly planVersion: number
  readonly report: PlanReport
  readonly by: string
  readonly at: Date
}

export async function insertImport(writer: Writer, upload: WrittenImport): Promise<void> {
  await writer
    .insertInto('plans.plan_import')
    .values({
      id: upload.id,
      plan_id: upload.planId,
      division_code: upload.divisionCode,
      file_name: upload.fileName,
      file_hash: upload.fileHash,
      plan_version: upload.planVersion,
      report: JSON.stringify(upload.report),
      state: 'checked',
      uploaded_by: upload.by,
      uploaded_at: upload.at,
    })
    .execute()
}

/** An import of a table into a plan, within a reach. */
export async function findImport(reader: Reader, reach: Reach, id: string): Promise<ImportRow | undefined> {
  const row = await shown(reader, reach).where('m.id', '=', id).executeTakeFirst()
  return row as ImportRow | undefined
}

/** The same, and nobody else decides on it until the transaction ends. */
export async function lockImport(writer: Writer, reach: Reach, id: string): Promise<ImportRow | undefined> {
  const row = await shown(writer, reach).where('m.id', '=', id).forUpdate('m').executeTakeFirst()
  return row as ImportRow | undefined
}

/** An import is applied, or given up. */
export async function decideImport(
  writer: Writer,
  id: string,
  { state, by, at }: { readonly state: 'applied' | 'discarded'; readonly by: string; readonly at: Date },
): Promise<void> {
  await writer
    .updateTable('plans.plan_import')
    .set((eb) => ({ state, applied_by: by, applied_at: at, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute()
}

function shown(reader: Reader, reach: Reach) {
  return reader
    .selectFrom('plans.plan_import as m')
    .innerJoin('plans.plan as p', 'p.id', 'm.plan_id')
    .innerJoin('agencies.person as u', 'u.id', 'm.uploaded_by')
    .leftJoin('agencies.person as a', 'a.id', 'm.applied_by')
    .select(['m.id', 'm.version', 'm.state', 'm.report', 'p.title', 'p.version as currentVersion'])
    .select([
      'm.plan_id as planId',
      'p.authority_id as authorityId',
      'p.state as planState',
      'm.file_name as fileName',
      'm.plan_version as planVersion',
      'm.uploaded_by as uploadedById',
      'u.name as uploadedByName',
      'm.uploaded_at as uploadedAt',
      'm.applied_by as appliedById',
      'a.name as appliedByName',
      'm.applied_at as appliedAt',
    ])
    .where(within(reach, { authority: 'p.authority_id' }))
}

type Raw = Awaited<ReturnType<ReturnType<typeof shown>['executeTakeFirstOrThrow']>>

/** An import as it is read. */
export type ImportRow = Omit<Raw, 'report' | 'state'> & {
  readonly report: PlanReport
  readonly state: 'checked' | 'applied' | 'discarded'
}
