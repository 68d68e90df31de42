// A1: kill -9 of a real server while people write through its interface. What was answered with 2xx is there afterwards,
// and nothing is half there: each record has its event, its change, its kept answer.

import { afterAll, beforeAll, expect, it } from 'vitest'
import { onEachEngine } from '../support/engines.ts'
import { COUNTY } from '../support/people.ts'
import { install, type Installation } from './installation.ts'

const SOAK = process.env['SOAK'] === '1'
const ROUNDS = SOAK ? 500 : 10
const WRITERS = 4
/** Every so many rounds the database is killed with its server. */
const WITH_DATABASE = 3

/** What was answered: authorities that were made, and the version that each was last said to have. */
type Answered = Map<string, number>

onEachEngine((kind) => {
  let place: Installation
  beforeAll(async () => {
    place = await install(kind)
  }, 240_000)
  afterAll(() => place.remove())

  it(
    `A1: ${ROUNDS} kills during mixed writes lose nothing that was answered`,
    async () => {
      const answered: Answered = new Map()
      for (let round = 1; round <= ROUNDS; round++) {
        const { child, address } = await place.start()
        const stop = new AbortController()
        const writers = Array.from({ length: WRITERS }, (_, i) =>
          write(address, place.token, { name: `${round}-${i}`, answered, signal: stop.signal }),
        )
        await new Promise((go) => setTimeout(go, 300 + Math.random() * 500))
        const database = round % WITH_DATABASE === 0 ? place.postgres : undefined
        database?.crash()
        await child.kill()
        stop.abort()
        await Promise.all(writers)
        database?.start()
      }
      expect(answered.size).toBeGreaterThan(ROUNDS)
      await expectAllThere(place, answered)
    },
    SOAK ? 7_200_000 : 240_000,
  )
})

interface Writing {
  readonly name: string
  readonly answered: Answered
  readonly signal: AbortSignal
}

/** Makes an authority, renames it, makes the next, until the server is gone. */
async function write(address: string, token: string, { name, answered, signal }: Writing): Promise<void> {
  const send = (
    method: string,
    path: string,
    body: unknown,
    headers: Record<string, string>,
  ): Promise<Response> =>
    fetch(`${address}/api/v1${path}`, {
      method,
      body: JSON.stringify(body),
      signal,
      headers: { 'content-type': 'application/json', cookie: `__Host-sunlot=${token}`, ...headers },
    })
  try {
    for (let n = 0; ; n++) {
      const made = {
        divisionCode: COUNTY,
        name: `示例局${name}-${n}`,
        shortName: `${name}-${n}`,
        inspects: true,
      }
      const created = await send('POST', '/authorities', made, { 'idempotency-key': crypto.randomUUID() })
      if (created.status !== 201) throw new Error(`${created.status} ${await created.text()}`)
      const { id, version } = (await created.json()) as { readonly id: string; readonly version: number }
      answered.set(id, version)
      const renamed = await send(
        'PATCH',
        `/authorities/${id}`,
        { shortName: `改${n}` },
        { 'if-match': `"${version}"` },
      )
      if (renamed.status !== 200) throw new Error(`${renamed.status} ${await renamed.text()}`)
      answered.set(id, ((await renamed.json()) as { readonly version: number }).version)
    }
  } catch (error) {
    // 503 while the database is being killed under the server is an honest answer: it says that nothing was saved.
    if (!/fetch failed|aborted|terminated|^503 /.test((error as Error).message)) throw error
  }
}

async function expectAllThere(place: Installation, answered: Answered): Promise<void> {
  const { child } = await place.start()
  // A start after the last kill: recovery, and the log goes on.
  await child.line('{"level":"info"')
  process.kill(child.pid, 'SIGTERM')
  await child.ended
  await place.look(async (pool) => {
    const { rows } = await pool.query<{ id: string; version: number }>(
      'select id, version from agencies.authority',
    )
    const stored = new Map(rows.map(({ id, version }) => [id, version]))
    const lost = [...answered].filter(([id, version]) => (stored.get(id) ?? -1) < version)
    expect(lost).toEqual([])
    const half = await pool.query(HALF)
    expect(half.rows).toEqual([])
  })
}

/** Events of done work without a change, records without the change that their version counts, answers kept for nothing. */
const HALF = `
  select 'event without a change' as what, e.id::text from audit.event e
   where e.action in ('authority.create', 'authority.edit') and e.outcome = 'done'
     and not exists (select from audit.change c where c.event_id = e.id)
  union all
  select 'record without its changes', a.id::text from agencies.authority a
   where a.version <> (select count(*) from audit.change c where c.table_name = 'agencies.authority' and c.row_key = a.id::text)
  union all
  select 'kept answer without its record', k.key from platform.idempotency_key k
   where not exists (select from agencies.authority a where k.reply like '%' || a.id::text || '%')`
