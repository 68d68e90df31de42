// Witnesses in this process whose clock is the test's, and a log that grows as fast as they cosign.

import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { fromHex, toHex } from '@sunlot/draw'
import { join } from 'node:path'
import { LOG_FOLDER, LOG_KEY, originOf, witnessesOf } from '../../src/operations/sequencing.ts'
import { readBirth } from '../../src/operations/birth.store.ts'
import type { Clock } from '../../src/platform/clock.ts'
import { openLogKey, runnerOf, Sequencer, TileFolder, Witnessing } from '../../src/platform/log/index.ts'
import { makeLogKey } from '../../src/platform/log/keys.ts'
import type { NamedKey } from '../../src/platform/log/policy.ts'
import { witnessServer } from '../../src/witness/server.ts'
import { WitnessMemory } from '../../src/witness/state.ts'
import { Witness } from '../../src/witness/witness.ts'
import type { TestApp } from '../support/app.ts'

/** So many witnesses of one log, and how to end them. */
export class Witnesses {
  readonly #servers: Server[] = []
  readonly #folders: string[] = []

  /** Starts them; gives their addresses. */
  async start(count: number, log: NamedKey, clock: Clock): Promise<readonly string[]> {
    const texts: string[] = []
    for (let k = 1; k <= count; k++) {
      const name = `witness-${k}`
      const folder = mkdtempSync(join(tmpdir(), 'witness-'))
      this.#folders.push(folder)
      const memory = await WitnessMemory.openOrCreate(folder)
      const signer = await makeLogKey(join(folder, 'witness.key'), 'ed25519')
      const logs = [{ origin: log.name, keys: [{ alg: log.alg, key: fromHex(log.key) }] }]
      const now = () => Math.floor(clock.now().getTime() / 1000)
      const server = witnessServer(new Witness({ name, signer, logs, memory, now }), { name, signer, memory })
      server.listen(0, '127.0.0.1')
      await once(server, 'listening')
      this.#servers.push(server)
      const { port } = server.address() as AddressInfo
      texts.push(`${name}=ed25519:${toHex(signer.publicKey)}@http://127.0.0.1:${port}`)
    }
    return texts
  }

  close(): void {
    for (const server of this.#servers) {
      server.closeAllConnections()
      server.close()
    }
    for (const folder of this.#folders) rmSync(folder, { recursive: true, force: true })
  }
}

const EVERY_MS = 100

/** The log of an app, with every leaf placed and cosigned a moment later. `turn`: now. */
export async function growingLog(app: TestApp, texts: readonly string[]) {
  const { id: birth } = await readBirth(app.migrated.engine.pool)
  const parts = {
    sql: runnerOf(app.migrated.engine.pool),
    folder: new TileFolder(join(app.folder, LOG_FOLDER)),
    origin: originOf(birth),
    signer: await openLogKey(join(app.folder, LOG_KEY)),
  }
  const sequencer = new Sequencer(parts)
  const witnessing = new Witnessing({ ...parts, ...witnessesOf(texts), now: () => app.clock.now() })
  let queue: Promise<unknown> = Promise.resolve()
  let isPaused = false
  const turn = (): Promise<void> => {
    const next = queue.then(async () => {
      await sequencer.pass()
      await witnessing.turn()
    })
    queue = next.catch(() => undefined)
    return next
  }
  const timer = setInterval(() => {
    if (!isPaused) void turn().catch(() => undefined)
  }, EVERY_MS)
  return {
    turn,
    /** While it is paused, what is said waits for its witnesses. */
    pause: (paused: boolean) => {
      isPaused = paused
    },
    stop: async (): Promise<void> => {
      clearInterval(timer)
      await queue
    },
  }
}
