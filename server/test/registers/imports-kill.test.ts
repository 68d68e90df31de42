// kill -9 while a register is imported: it goes on where it stood, and nobody is in the register twice or not at all. On
// PostgreSQL the server is killed with its client, and takes the rows that were staged along.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { type OwnPostgres, startOwnPostgres } from '../../../tools/postgres.ts'
import { type Child, bundleScript } from '../support/children.ts'
import { onEachEngine } from '../support/engines.ts'

const SOAK = process.env['SOAK'] === '1'
const IMPORTS = SOAK ? 20 : 1
const KILLS = 3
const PATIENCE_MS = 300_000
const ROWS = 1_200

const server = bundleScript(join(import.meta.dirname, 'import.child.ts'))

interface State {
  readonly state?: string
  readonly subjects: number
  readonly codes: number
  readonly pairs: number
}

afterAll(() => server.remove())

onEachEngine((kind) => {
  test(
    `${IMPORTS} imports, each killed ${KILLS} times: every subject once`,
    async () => {
      for (let n = 0; n < IMPORTS; n++) await importKilled(kind === 'postgres')
    },
    IMPORTS * PATIENCE_MS,
  )
})

async function importKilled(isPostgres: boolean): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'import-kill-'))
  const postgres = isPostgres
    ? (startOwnPostgres({
        settings: ['fsync=off', 'synchronous_commit=on', 'full_page_writes=on'],
      }) as OwnPostgres)
    : undefined
  const start = (): Child =>
    server.start(isPostgres ? 'postgres' : 'pglite', postgres?.url ?? join(folder, 'database'), folder)
  for (let kill = 0; kill < KILLS; kill++) {
    const child = start()
    whole(await child.line('state'))
    // Before the first range is written, losing what was staged means to check again.
    if (kill === 0) await child.line('under way')
    await pause(Math.random() * 600)
    postgres?.crash()
    await child.kill()
    postgres?.start()
  }
  const last = start()
  whole(await last.line('state'))
  const { subjects, state } = whole(await last.line('applied'))
  expect({ subjects, state }).toEqual({ subjects: ROWS, state: 'applied' })
  await last.kill()
  postgres?.stop()
  rmSync(folder, { recursive: true, force: true })
}

/** A state in which every subject has its code, and every code its subject. */
function whole(line: string): State {
  const state = JSON.parse(line.slice(line.indexOf('{'))) as State
  expect([state.codes, state.pairs]).toEqual([state.subjects, state.subjects])
  return state
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((go) => setTimeout(go, milliseconds))
}
