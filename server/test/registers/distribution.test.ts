// What must hold for the register, and what grows with it in tasks and draws, to be spread over machines by division_code: see docs/operations/scale.md.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codeOf, only, readTree, ROOT } from '../../../test/tree.ts'
import { freshMigrated, type Migrated } from '../support/database.ts'
import { onEachEngine } from '../support/engines.ts'

/** Grow with the subjects, and are spread by division_code. */
const GROWING = ['subject', 'premises', 'licence', 'subject_change', 'visit', 'task_exclusion', 'selected']
/** Keeps codes unique over all of them, and is spread by the code. */
const IDENTITY = 'subject_identity'
const NAMES = [...GROWING, IDENTITY].join('|')

onEachEngine((kind) => {
  let migrated: Migrated
  beforeAll(async () => {
    migrated = await freshMigrated(kind)
  })
  afterAll(() => migrated.close())

  const ask = async <Row extends object>(sql: string, parameters: unknown[] = []): Promise<readonly Row[]> =>
    (await migrated.superuser.query<Row>(sql, parameters)).rows

  const keysOf = (tables: readonly string[]) =>
    ask<{ table: string; index: string; columns: readonly string[] }>(
      `select c.relname as table, x.relname as index,
              array(select a.attname::text from pg_attribute a where a.attrelid = i.indexrelid order by a.attnum) as columns
         from pg_index i join pg_class c on c.oid = i.indrelid join pg_class x on x.oid = i.indexrelid
        where i.indisunique and c.relnamespace = any(array['registers', 'tasks', 'draws']::regnamespace[]) and c.relname = any($1)`,
      [tables],
    )

  it('has division_code in every unique key of every table that grows', async () => {
    const keys = await keysOf(GROWING)
    expect(new Set(keys.map(({ table }) => table))).toEqual(new Set(GROWING))
    expect(keys.filter(({ columns }) => !columns.includes('division_code'))).toEqual([])
  })

  it('keeps a code unique in a table that is spread by the code', async () => {
    expect((await keysOf([IDENTITY])).map(({ columns }) => columns)).toEqual([['code']])
  })

  it('never lets the column be absent, and compares it by its bytes on every machine', async () => {
    const columns = await ask<{ table: string; fits: boolean }>(
      `select c.relname as table, a.attnotnull and co.collname = 'C' as fits
         from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_collation co on co.oid = a.attcollation
        where a.attname = 'division_code' and c.relnamespace = any(array['registers', 'tasks', 'draws']::regnamespace[]) and c.relname = any($1)`,
      [[...GROWING, IDENTITY]],
    )
    expect(columns.map(({ table }) => table).toSorted()).toEqual([...GROWING, IDENTITY].toSorted())
    expect(columns.filter(({ fits }) => !fits)).toEqual([])
  })

  it('has division_code in every foreign key between tables that grow, and none into them from elsewhere', async () => {
    const keys = await ask<{
      key: string
      from: string
      columns: readonly string[]
      others: readonly string[]
    }>(
      `select k.conname as key, c.relname as from,
              array(select a.attname::text from unnest(k.conkey) n join pg_attribute a on a.attrelid = k.conrelid and a.attnum = n) as columns,
              array(select a.attname::text from unnest(k.confkey) n join pg_attribute a on a.attrelid = k.confrelid and a.attnum = n) as others
         from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class t on t.oid = k.confrelid
        where k.contype = 'f' and t.relnamespace = any(array['registers', 'tasks', 'draws']::regnamespace[]) and t.relname = any($1)`,
      [GROWING],
    )
    expect(keys.length).toBeGreaterThanOrEqual(3)
    expect(keys.filter(({ from }) => !GROWING.includes(from))).toEqual([])
    const isOnDivision = (columns: readonly string[]) => columns.includes('division_code')
    expect(keys.filter(({ columns, others }) => !isOnDivision(columns) || !isOnDivision(others))).toEqual([])
  })

  it('joins tables that grow on division_code in every view', async () => {
    const views = await ask<{ name: string; text: string }>(
      `select relname as name, pg_get_viewdef(oid) as text from pg_class
        where relkind in ('v', 'm') and relnamespace = any(array['registers', 'tasks', 'draws']::regnamespace[])`,
    )
    expect(views.length).toBeGreaterThan(0)
    expect(views.flatMap(({ name, text }) => strayJoins(text).map((join) => `${name}: ${join}`))).toEqual([])
  })
})

describe('the statements of the registers', () => {
  const stores = only(readTree(ROOT), (path) =>
    /^server\/src\/(?:registers|plans|tasks|draws)\/.*store\.ts$/.test(path),
  )

  it('join tables that grow on division_code', () => {
    expect(stores.size).toBeGreaterThan(5)
    expect(
      [...stores].flatMap(([path, text]) => strayJoins(codeOf(text)).map((join) => `${path}: ${join}`)),
    ).toEqual([])
  })

  it('are read by a test that can fail', () => {
    const stray = [
      'select 1 from registers.subject s join registers.premises p on p.subject_id = s.id where s.division_code = $1',
      'select 1 from registers.licence l cross join lateral (select 1 from registers.subject x where x.id = l.subject_id) s',
      'select 1 from registers.import r where exists (select from registers.subject_change c where c.subject_id = r.id)',
      `reader.selectFrom('registers.licence as l').innerJoin('registers.subject as s', 's.id', 'l.subject_id').select('s.division_code')`,
      `reader.innerJoin('registers.subject as s', (join) => join.onRef('s.id', '=', 'l.subject_id')).where('s.division_code', '=', x)`,
    ]
    for (const text of stray) expect(strayJoins(text), text).toHaveLength(1)
    expect(
      strayJoins('… join registers.subject s on s.id = c.subject_id and s.division_code = c.division_code'),
    ).toEqual([])
  })
})

/** The joins with a table that grows, in SQL or in Kysely, whose condition does not speak of a division. */
function strayJoins(text: string): readonly string[] {
  const inSql = new RegExp(String.raw`\bjoin\s+(?:registers|tasks|draws)\.(?:${NAMES})\b`, 'g')
  const inKysely = new RegExp(
    String.raw`[jJ]oin(?:Lateral)?\(\s*'(?:registers|tasks|draws)\.(?:${NAMES})\b`,
    'g',
  )
  const nested = new RegExp(String.raw`(?:lateral|exists|in)\s*\(\s*(?:with|select)\b`, 'g')
  const reads = new RegExp(String.raw`\bfrom\s+(?:registers|tasks|draws)\.(?:${NAMES})\b`)
  const joins = [
    ...[...text.matchAll(inSql)].map(({ index }) => conditionAfter(text.slice(index))),
    ...[...text.matchAll(inKysely)].map(({ index }) => bracket(text.slice(index))),
    ...[...text.matchAll(nested)]
      .map(({ index }) => bracket(text.slice(index)))
      .filter((inner) => reads.test(inner)),
  ]
  return joins
    .filter((join) => !/division/.test(join) && !isOnCode(join))
    .map((join) => join.replaceAll(/\s+/g, ' ').slice(0, 160))
}

/** The table of codes is spread by the code, and asked by it. */
function isOnCode(join: string): boolean {
  return join.includes(`registers.${IDENTITY}`) && /\bcode\b/.test(join)
}

/** From `join` to the next clause. */
function conditionAfter(text: string): string {
  const end = text.slice(4).search(/\b(?:join|where|group by|order by|limit|set)\b|`|;/)
  return end < 0 ? text : text.slice(0, end + 4)
}

/** What stands in the first pair of brackets. */
function bracket(text: string): string {
  const from = text.indexOf('(')
  let depth = 0
  for (let at = from; at < text.length; at++) {
    if (text[at] === '(') depth++
    if (text[at] === ')' && --depth === 0) return text.slice(from, at + 1)
  }
  return text.slice(from)
}
