// The state: every row of a watched table is what its newest change says, and each change begins where the last one ended.

import { fromHex } from '@sunlot/draw'
import type { Row, SqlRunner } from '../sql.ts'
import type { Findings } from './report.ts'
import { piecesOf } from './snapshot.ts'

/** A table under the trail, as its trigger was made: key and hidden columns as array literals. */
interface WatchedTable {
  readonly name: string
  readonly keys: string
  readonly hidden: string
}

const TABLES = `
  select n.nspname || '.' || c.relname as name, encode(t.tgargs, 'hex') as args, t.tgenabled as enabled
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    left join pg_trigger t on t.tgrelid = c.oid and t.tgname = 'audit_insert'
   where c.relkind in ('r', 'p') and not c.relispartition
     and n.nspname not in ('pg_catalog', 'information_schema', 'pgboss', 'public') and n.nspname not like 'pg\\_%'
     and (t.oid is not null or not exists (select from audit.exempt x where x.table_name = n.nspname || '.' || c.relname))
   order by 1`

/** Compares every watched table with the trail. */
export async function checkState(tx: SqlRunner, findings: Findings): Promise<void> {
  const { rows } = await tx.query(TABLES)
  for (const row of rows) {
    const name = String(row['name'])
    findings.count('tables')
    if (row['args'] === null) findings.fault('table_unwatched', name)
    else {
      if (row['enabled'] === 'D') findings.fault('trigger_disabled', name)
      const [keys = '{}', hidden = '{}'] = argumentsOf(row['args'] as string)
      await checkRows(tx, { name, keys, hidden }, findings)
      await checkChain(tx, name, findings)
    }
  }
}

async function checkRows(
  tx: SqlRunner,
  { name, keys, hidden }: WatchedTable,
  findings: Findings,
): Promise<void> {
  const table = name.split('.').map(quoted).join('.')
  const images = `select audit.row_key(i.row, $2::text[]) as key, audit.image(i.row, $3::text[])::text as image
                    from (select to_jsonb(t) as row from ${table} t) i`
  const newest = `select distinct on (row_key) row_key, op, after from audit.change
                   where table_name = $1 order by row_key, leaf_id desc, leaf_ordinal desc`
  const { rows: counted } = await tx.query(`select count(*)::int as many from ${table}`)
  findings.count('rows', Number(counted[0]?.['many']))
  const differing = `
    select coalesce(r.key, n.row_key) as key, r.image, n.after, n.op
      from (${images}) r full join (${newest}) n on n.row_key = r.key
     where r.key is null and n.op <> 'delete'
        or r.key is not null and (n.op is null or n.op = 'delete' or r.image is distinct from n.after)`
  for await (const rows of piecesOf(tx, differing, [name, keys, hidden]))
    for (const row of rows) judgeRow(row, name, findings)
}

function judgeRow({ key, image, after, op }: Row, table: string, findings: Findings): void {
  const where = `${table} ${String(key)}`
  if (image === null) findings.fault('row_missing', where)
  else if (op === null) findings.fault('row_without_change', where)
  else if (op === 'delete') findings.fault('row_came_back', where)
  else {
    const columns = differingColumns(after as string, image as string)
    if (columns.length > 0) findings.fault('row_altered', where, { columns: columns.join(', ') })
  }
}

/** What a change began with is what the one before it ended with. */
async function checkChain(tx: SqlRunner, table: string, findings: Findings): Promise<void> {
  const broken = `
    select row_key as key, op, before, earlier, earlier_op from (
      select c.row_key, c.op, c.before, lag(c.after) over w as earlier, lag(c.op) over w as earlier_op
        from audit.change c where c.table_name = $1 window w as (partition by c.row_key order by c.leaf_id, c.leaf_ordinal)) chained
     where (op = 'insert') is distinct from (coalesce(earlier_op, 'delete') = 'delete')
        or before is distinct from case when op <> 'insert' then earlier end`
  for await (const rows of piecesOf(tx, broken, [table]))
    for (const { key, op, before, earlier } of rows) {
      const continues =
        op !== 'insert' &&
        typeof before === 'string' &&
        typeof earlier === 'string' &&
        differingColumns(earlier, before).length === 0
      if (!continues) findings.fault('change_out_of_chain', `${table} ${String(key)}`)
    }
}

/**
 * The columns in which an image that was kept and one of today differ. A column that a later migration added is absent from
 * the first and null in the second; one that it dropped is absent from the second.
 */
function differingColumns(kept: string, today: string): readonly string[] {
  const [before, after] = [parsed(kept), parsed(today)]
  if (!before || !after) return ['*']
  const names = Object.keys(after).filter((name) =>
    Object.hasOwn(before, name)
      ? JSON.stringify(before[name]) !== JSON.stringify(after[name])
      : after[name] !== null,
  )
  // Same columns, same values as JSON, and yet other bytes: 1.0 and 1.00, or a kept text that is not the database's.
  const sameColumns = Object.keys(before).length === Object.keys(after).length
  return names.length === 0 && sameColumns && kept !== today ? ['*'] : names
}

function parsed(image: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(image)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

/** The arguments of a trigger: each ends with a zero byte. */
function argumentsOf(hex: string): readonly string[] {
  return new TextDecoder().decode(fromHex(hex)).split('\0').slice(0, -1)
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
