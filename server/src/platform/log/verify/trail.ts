// The trail: every event and every change hashes into its leaf, and none stands outside of the log.

import { compareBytes, fromHex, saltedLeafHash, toHex, utf8 } from '@sunlot/draw'
import type { Row, SqlRunner } from '../sql.ts'
import { TreeEdge } from '../tree-edge.ts'
import type { Findings } from './report.ts'
import { piecesOf } from './snapshot.ts'

interface Leaf {
  readonly id: string
  readonly body: Readonly<Record<string, unknown>>
}

const LEAVES = 'select l.id::text as id, l.body from log.leaf l order by l.id'
// Without the functions of the database: those could have been replaced.
const EVENTS = `
  select e.id::text as id, encode(e.salt, 'hex') as salt, (to_jsonb(e) - 'salt')::text as image
    from audit.event e where e.id = any($1::uuid[])`
const CHANGES = `
  select c.leaf_id::text as leaf, c.leaf_ordinal as ordinal, c.event_id::text as event, c.table_name, c.row_key, c.op,
         coalesce(c.after, c.before) as image, encode(c.salt, 'hex') as salt, e.id is not null as has_event
    from audit.change c left join audit.event e on e.id = c.event_id
   where c.leaf_id = any($1::bigint[]) order by c.leaf_id, c.leaf_ordinal`
const EVENTS_OUTSIDE = `
  select e.id::text as id from audit.event e
   where not exists (select from log.leaf l
                      where l.body like '{"action":%' and substring(l.body from '"id":"([0-9a-f-]{36})"') = e.id::text)`
const CHANGES_OUTSIDE = `
  select c.leaf_id || ' ' || c.leaf_ordinal as id from audit.change c where not exists (select from log.leaf l where l.id = c.leaf_id)`

/** Compares leaves with events and changes, both ways. */
export async function checkTrail(tx: SqlRunner, findings: Findings): Promise<void> {
  for await (const rows of piecesOf(tx, LEAVES)) {
    const leaves = rows.flatMap((row) => leafOf(row, findings))
    await checkEvents(tx, leaves, findings)
    await checkChanges(tx, leaves, findings)
  }
  for await (const rows of piecesOf(tx, EVENTS_OUTSIDE))
    for (const row of rows) findings.fault('event_without_leaf', `audit.event ${String(row['id'])}`)
  for await (const rows of piecesOf(tx, CHANGES_OUTSIDE))
    for (const row of rows) findings.fault('change_without_leaf', `audit.change ${String(row['id'])}`)
}

function leafOf(row: Row, findings: Findings): Leaf[] {
  const id = String(row['id'])
  try {
    const body: unknown = JSON.parse(String(row['body']))
    if (typeof body === 'object' && body !== null && !Array.isArray(body))
      return [{ id, body: body as Leaf['body'] }]
  } catch {
    // Told below, like any other text that is no leaf.
  }
  findings.fault('leaf_malformed', `log.leaf ${id}`)
  return []
}

async function checkEvents(tx: SqlRunner, leaves: readonly Leaf[], findings: Findings): Promise<void> {
  const ofEvents = leaves.filter(({ body }) => body['type'] === 'event')
  const ids = ofEvents.map(({ body }) => String(body['id'])).filter(isUuid)
  const { rows } = await tx.query(EVENTS, [ids])
  const found = new Map(rows.map((row) => [String(row['id']), row]))
  for (const { id, body } of ofEvents) {
    const event = found.get(String(body['id']))
    findings.count('events')
    if (!event) findings.fault('event_missing', `log.leaf ${id}`, { event: String(body['id']) })
    else if (toHex(hashOf(event)) !== body['payload'])
      findings.fault('event_altered', `audit.event ${String(event['id'])}`, { leaf: id })
  }
}

async function checkChanges(tx: SqlRunner, leaves: readonly Leaf[], findings: Findings): Promise<void> {
  const bulk = leaves.filter(({ body }) => isBulk(body))
  const single = leaves.filter(({ body }) => !isBulk(body))
  const changes = new Map<string, Row[]>()
  // Leaves of other types too: a change that claims one of them is outside of the log.
  for await (const rows of piecesOf(tx, CHANGES, [single.map(({ id }) => id)]))
    for (const row of rows) changes.set(leafIdOf(row), [...(changes.get(leafIdOf(row)) ?? []), row])
  for (const leaf of single) checkSingle(leaf, changes.get(leaf.id) ?? [], findings)
  for (const leaf of bulk) await checkBulk(tx, leaf, findings)
}

function checkSingle({ id, body }: Leaf, changes: readonly Row[], findings: Findings): void {
  const where = `log.leaf ${id}`
  if (body['type'] !== 'change') {
    if (changes.length > 0) findings.fault('changes_differ', where, { rows: changes.length, leaf: 0 })
    return
  }
  findings.count('changes')
  const [change] = changes
  if (!change || changes.length !== 1) {
    findings.fault('changes_differ', where, { rows: changes.length, leaf: 1 })
    return
  }
  const whole = change['ordinal'] === 0 && change['row_key'] === body['key']
  if (!whole || toHex(hashOf(change)) !== body['payload'])
    findings.fault('change_altered', whereOf(change), { leaf: id })
  checkMembership(change, body, findings)
}

/** One leaf over many rows: its root is grown row by row. */
async function checkBulk(tx: SqlRunner, { id, body }: Leaf, findings: Findings): Promise<void> {
  const edge = new TreeEdge()
  for await (const rows of piecesOf(tx, CHANGES, [[id]]))
    for (const change of rows) {
      if (change['ordinal'] !== edge.size)
        findings.fault('changes_out_of_order', whereOf(change), { leaf: id })
      edge.append(hashOf(change))
      findings.count('changes')
      checkMembership(change, body, findings)
    }
  if (edge.size !== body['rows'])
    findings.fault('changes_differ', `log.leaf ${id}`, { rows: edge.size, leaf: Number(body['rows']) })
  else if (!sameRoot(edge.root(), body['root']))
    findings.fault('changes_altered', `log.leaf ${id}`, { rows: edge.size })
}

function checkMembership(change: Row, body: Leaf['body'], findings: Findings): void {
  const same =
    change['event'] === body['event'] && change['table_name'] === body['table'] && change['op'] === body['op']
  if (!same) findings.fault('change_relabelled', whereOf(change))
  if (change['has_event'] !== true) findings.fault('change_without_event', whereOf(change))
}

function hashOf(row: Row): Uint8Array {
  return saltedLeafHash('sha256', fromHex(String(row['salt'])), utf8(String(row['image'])))
}

function sameRoot(root: Uint8Array, given: unknown): boolean {
  return typeof given === 'string' && /^[0-9a-f]{64}$/.test(given) && compareBytes(root, fromHex(given)) === 0
}

function isBulk(body: Leaf['body']): boolean {
  return body['type'] === 'change' && body['rows'] !== undefined
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
}

function leafIdOf(row: Row): string {
  return String(row['leaf'])
}

function whereOf(change: Row): string {
  return `${String(change['table_name'])} ${String(change['row_key'])}`
}
