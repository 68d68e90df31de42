// The transparency log of a running server: its key, its tiles, the loop that gives leaves their places, its witnesses.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { toHex } from '@sunlot/draw'
import type { Clock } from '../platform/clock.ts'
import type { Engine } from '../platform/database/engine.ts'
import {
  latestCheckpoint,
  openLogKey,
  type PublishedLog,
  runnerOf,
  Sequencer,
  SequencerLoop,
  type SequencerStatus,
  type SqlRunner,
  TileFolder,
  type WitnessAddress,
  Witnessing,
  type WitnessStatus,
} from '../platform/log/index.ts'
import { OperationRefused } from './words.ts'

/** What it is made of. `folder`: that of the settings. `birth`: the id of the database. */
export interface SequencingParts {
  readonly engine: Engine
  readonly clock: Clock
  /** The machine's own: witnesses know no simulated time. */
  readonly machine: Clock
  readonly folder: string
  readonly birth: string
  readonly witnesses: readonly string[]
  readonly onState: (status: SequencerStatus) => void
}

/** A log that grows until it is stopped. */
export interface Sequencing {
  readonly published: PublishedLog
  readonly status: SequencerStatus
  readonly witnesses: WitnessStatus
  /** Returns when the first pass is over: `status` says by then whether the log was rolled back. */
  start(): Promise<void>
  stop(): Promise<void>
}

const WITNESS_INTERVAL_MS = 2_000
// One connection serves the embedded database: its requests should not wait for an empty pass five times a second.
const EMBEDDED_INTERVAL_MS = 500

const SEQUENCER_ROLE = 'sunlot_sequencer'

/** Where the key of the log lies below the settings' folder. */
export const LOG_KEY = join('keys', 'log.key')
/** Where its tiles lie. */
export const LOG_FOLDER = 'log'

/** The name of a database's log: the same wherever a restored copy runs, another for every database that is born. */
export function originOf(birth: string): string {
  return `sunlot.log/${birth}`
}

/** Makes the log of a server ready; `start` sets it going. Throws LogKeyRefused, OperationRefused `witness_malformed`. */
export async function openSequencing(parts: SequencingParts): Promise<Sequencing> {
  const { engine, clock, folder } = parts
  const sql = runnerOf(engine.pool)
  await refuseLostKey(sql, folder)
  const tiles = new TileFolder(join(folder, LOG_FOLDER))
  const signer = await openLogKey(join(folder, LOG_KEY))
  const log = { sql, folder: tiles, origin: originOf(parts.birth), signer }
  const { witnesses, quorum } = witnessesOf(parts.witnesses)
  const witnessing = new Witnessing({ ...log, witnesses, quorum, now: () => parts.machine.now() })
  const sequencer = new Sequencer({ ...log, witnessedSize: witnessing.largestSeen })
  const loop = new SequencerLoop(sequencer, {
    now: () => clock.now(),
    onState: parts.onState,
    ...(engine.kind === 'pglite' ? { intervalMs: EMBEDDED_INTERVAL_MS } : {}),
  })
  const policy = {
    log: { name: log.origin, alg: signer.alg, key: toHex(signer.publicKey) },
    witnesses: witnesses.map(({ name, alg, key }) => ({ name, alg, key })),
    quorum,
  }
  return running(loop, witnessing, { tiles, policy })
}

/** A new key under a log that has checkpoints of another would be somebody else's log under the same name. */
async function refuseLostKey(sql: SqlRunner, folder: string): Promise<void> {
  if (existsSync(join(folder, LOG_KEY))) return
  const last = await sql.transaction(SEQUENCER_ROLE, (tx) => latestCheckpoint(tx))
  if (last) throw new OperationRefused('log_key_missing', { file: join(folder, LOG_KEY) })
}

function running(loop: SequencerLoop, witnessing: Witnessing, published: PublishedLog): Sequencing {
  let timer: NodeJS.Timeout | undefined
  let turn: Promise<unknown> = Promise.resolve()
  let stopped = false
  const next = (): void => {
    // A failed turn is one that witnesses or database did not answer: the next one asks again.
    turn = witnessing.turn().catch(() => undefined)
    void turn.then(() => {
      if (!stopped) timer = setTimeout(next, WITNESS_INTERVAL_MS)
    })
  }
  return {
    published,
    get status() {
      return loop.status
    },
    get witnesses() {
      return witnessing.status
    },
    async start() {
      await loop.start()
      if (published.policy.witnesses.length > 0) next()
    },
    async stop() {
      stopped = true
      clearTimeout(timer)
      await Promise.all([loop.stop(), turn])
    },
  }
}

/** The witnesses of the settings; more than half of them make the quorum. Throws OperationRefused `witness_malformed`. */
export function witnessesOf(texts: readonly string[]): {
  readonly witnesses: readonly WitnessAddress[]
  readonly quorum: number
} {
  const quorum = texts.length === 0 ? 0 : Math.floor(texts.length / 2) + 1
  return { witnesses: texts.map(witnessOf), quorum }
}

/** `name=ed25519:<hex>@https://…`, as `SUNLOT_WITNESSES` holds them. */
function witnessOf(text: string): WitnessAddress {
  const [, name, alg, key, url] =
    /^([^\s=]+)=(ed25519|sm2):([0-9a-f]+)@(https?:\/\/\S+?)\/?$/.exec(text) ?? []
  if (!name || !alg || !key || !url) throw new OperationRefused('witness_malformed', { text })
  return { name, alg: alg as WitnessAddress['alg'], key, url }
}
