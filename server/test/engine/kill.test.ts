// kill -9 while writing: what was answered is there, and no transaction is half there. On PostgreSQL the server is killed
// with its client. A power cut is another matter: it needs a machine to cut, and is a campaign of its own.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startOwnPostgres, type OwnPostgres } from '../../../tools/postgres.ts'
import { bundleScript, type Child, type Script } from '../support/children.ts'
import { onEachEngine } from '../support/engines.ts'

const SOAK = process.env['SOAK'] === '1'
const ROUNDS = SOAK ? 500 : 10
/** Every so many rounds the kill comes while the engine opens or recovers. */
const DURING_OPENING = 5
// The kernel outlives a kill, so what was written but not yet put on disk is there: fsync is for the long campaign.
const SETTINGS = ['synchronous_commit=on', 'full_page_writes=on', `fsync=${SOAK ? 'on' : 'off'}`]

let writer: Script
beforeAll(() => {
  writer = bundleScript(join(import.meta.dirname, 'writer.child.ts'))
})
afterAll(() => writer.remove())

interface State {
  readonly value: number
  readonly events: number
  readonly draws: number
  readonly last: number
}

onEachEngine((kind) => {
  test(`${ROUNDS} times kill -9 while writing: nothing that was answered is lost, nothing is half there`, async () => {
    const place = kind === 'pglite' ? folderOfItsOwn() : serverOfItsOwn()
    let answered = 0
    let written = 0
    for (let round = 1; round <= ROUNDS + 1; round++) {
      const child = writer.start(kind, place.path)
      if (round % DURING_OPENING === 0) await child.line('opening').then(() => pause(Math.random() * 300))
      else {
        expectWhole(await child.line('state'), answered)
        await child.line('ack').then(() => pause(Math.random() * 200))
      }
      await place.kill(child)
      const acks = child.lines.filter((line) => line.startsWith('ack '))
      written += acks.length
      answered = Math.max(answered, ...acks.map((line) => Number(line.slice(4))))
    }
    expect(written).toBeGreaterThan(ROUNDS)
    place.remove()
  })
})

function expectWhole(line: string, answered: number): void {
  const state = JSON.parse(line.slice('state '.length)) as State
  expect(state.value).toBeGreaterThanOrEqual(answered)
  const { value } = state
  expect(state).toEqual({ value, events: value, draws: value, last: value })
}

interface Place {
  readonly path: string
  kill(child: Child): Promise<void>
  remove(): void
}

function folderOfItsOwn(): Place {
  const path = mkdtempSync(join(tmpdir(), 'kill-'))
  return {
    path,
    kill: (child) => child.kill(),
    remove: () => rmSync(path, { recursive: true, force: true }),
  }
}

function serverOfItsOwn(): Place {
  const server = startOwnPostgres({ settings: SETTINGS }) as OwnPostgres
  return {
    path: server.url,
    kill: async (child) => {
      server.crash()
      await child.kill()
      server.start()
    },
    remove: () => server.stop(),
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((go) => setTimeout(go, milliseconds))
}
