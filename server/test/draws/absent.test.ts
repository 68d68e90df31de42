// I3: who leaves, stays silent or withholds does not choose. Whatever the participants do, each subject is drawn as often as
// was promised, and a draw that somebody let die stays to be seen.

import { computeDraw, memoryFiles } from '@sunlot/draw'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { settledValues } from '../../src/draws/ceremony/values.ts'
import { startApp, type TestApp } from '../support/app.ts'
import {
  closed,
  closing,
  giveCommitted,
  joined,
  openRoom,
  stateAt,
  type CommittedDraw,
} from './ceremony-kit.ts'

const SOAK = process.env['SOAK'] !== undefined
const DRAWS = SOAK ? 1_000 : 5
const EXAMPLE = join(import.meta.dirname, '../../../draw/spec/example')
const files = memoryFiles(
  new Map(readdirSync(EXAMPLE).map((name) => [name, new Uint8Array(readFileSync(join(EXAMPLE, name)))])),
)

let app: TestApp
beforeAll(async () => {
  app = await startApp('pglite')
  await app.start()
}, 60_000)
afterAll(() => app.close())

it(
  'draws each subject as often as promised, whoever withholds what',
  { timeout: SOAK ? 7_200_000 : 120_000 },
  async () => {
    const drawn = new Map<string, number>()
    let settled = 0
    const abandoned: string[] = []
    for (let k = 0; k < DRAWS; k++) {
      const draw = await giveCommitted(app)
      const ids = await run(draw, k)
      if (ids === undefined) abandoned.push(draw.id)
      else settled++
      for (const id of ids ?? []) drawn.set(id, (drawn.get(id) ?? 0) + 1)
    }
    expect([...drawn.values()].reduce((sum, count) => sum + count, 0)).toBe(2 * settled)
    app.clock.advance(700_000)
    for (const id of abandoned) await expect.poll(() => stateOf(id), { timeout: 10_000 }).toBe('void')
    if (!SOAK) return
    // Two strata of four, one of each is drawn: X² with 3 + 3 degrees of freedom is above 22.46 in one case of a thousand.
    const each = settled / 4
    const ids = readFileSync(join(EXAMPLE, 'population.tsv'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split('\t')[0]!)
    const chi = ids.reduce((sum, id) => sum + ((drawn.get(id) ?? 0) - each) ** 2 / each, 0)
    expect(chi).toBeLessThan(22.46)
  },
)

/** What was drawn; nothing where the draw was let die. */
async function run(draw: CommittedDraw, k: number): Promise<readonly string[] | undefined> {
  const code = await openRoom(draw)
  const phones = [await joined(app, code), await joined(app, code), await joined(app, code)] as const
  await phones[0].contribute(String(k))
  // The second one knows what the first has added, and adds only where that pleases him.
  const { contributions } = await stateAt(app.anonymous, code)
  if (k % 2 === 0) await phones[1].contribute(digest(JSON.stringify(contributions)).slice(0, 20))
  // The third came, and left. Where the close is withheld, nobody learns anything.
  if (k % 5 === 4) return void (await closing(draw))
  await closed(draw)
  app.clock.advance(draw.commit.close_by * 1000 + 61_000 - app.clock.now().getTime())
  const { clerk, overseer } = draw.cast
  const text = BigInt(`0x${digest(`dice ${k}`)}`)
    .toString()
    .slice(0, 25)
  for (const { client } of [clerk, overseer])
    expect((await client.post(`/draws/${draw.id}/values/dice/typings`, { text })).status).toBe(200)
  const naming = { observers: [1, 2] }
  expect((await clerk.client.post(`/draws/${draw.id}/values/dice/outsiders`, naming)).status).toBe(200)
  const hash = (await stateAt(app.anonymous, code)).sources[0]!.recordHash!
  for (const phone of phones.slice(0, 2)) await phone.sign('contrib', hash)
  const values = await app.database.read((reader) => settledValues(reader, draw.id, 0))
  const commit = { value: draw.commit, hash: draw.commitHash, bytes: new Uint8Array() }
  const { subjects, seed } = computeDraw(commit, values!, files)
  // Everything that decides is there, and nothing that follows from it is shown before the certificate.
  for (const path of [`/public/rooms/${code}`, `/draws/${draw.id}/ceremony`, `/draws/${draw.id}`])
    expect((await clerk.client.get(path)).text).not.toContain(seed)
  return new TextDecoder()
    .decode(subjects.list.bytes)
    .trim()
    .split('\n')
    .map((line) => line.split('\t')[0]!)
}

async function stateOf(id: string): Promise<string | undefined> {
  const row = await app.database.read((reader) =>
    reader.selectFrom('draws.draw').select('state').where('id', '=', id).executeTakeFirst(),
  )
  return row?.state
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
