// Has the latest checkpoint cosigned by the witnesses, and says whether acts are witnessed or still wait for it (待见证).

import { treeRoot } from '@sunlot/draw'
import { latestCheckpoint, latestWitnessed, type StoredCheckpoint } from './checkpoints.ts'
import type { LogSigner } from './signer.ts'
import { signedNote } from './signer.ts'
import { asRole, SEQUENCER_ROLE, type SqlRunner } from './sql.ts'
import type { TileFolder } from './tile-folder.ts'
import { type WitnessAddress, type WitnessAnswer, WitnessClient } from './witness-client.ts'

/**
 * none: no witness is configured. witnessed: the quorum follows. awaiting: it has not for longer than the patience; acts are
 * marked 待见证. contradicted: a witness remembers another tree of this log.
 */
export type WitnessState = 'none' | 'witnessed' | 'awaiting' | 'contradicted'

/** How one witness stands. `skewSeconds`: how far its clock was ahead of ours when it last cosigned. */
export interface WitnessStanding {
  readonly name: string
  readonly size: number
  readonly at: Date | undefined
  readonly skewSeconds: number | undefined
  readonly last: WitnessAnswer['kind'] | undefined
}

/** How the witnesses stand. */
export interface WitnessStatus {
  readonly state: WitnessState
  /** The largest tree that the quorum cosigned. */
  readonly witnessedSize: number
  readonly quorum: number
  /** Since when a checkpoint has been waiting for its quorum. */
  readonly awaitingSince: Date | undefined
  readonly witnesses: readonly WitnessStanding[]
}

/** What the witnessing works on. */
export interface WitnessingParts {
  readonly sql: SqlRunner
  readonly folder: TileFolder
  readonly origin: string
  readonly signer: LogSigner
  readonly witnesses: readonly WitnessAddress[]
  readonly quorum: number
  readonly now: () => Date
  /** How long a checkpoint may be without its quorum before acts are marked as awaiting it. */
  readonly patienceMs?: number
}

// threats.md 4.2 (5): unreachable for more than ten minutes.
const PATIENCE_MS = 600_000

/** Asks the witnesses again at each `turn`; nothing is kept but in the database. */
export class Witnessing {
  readonly #parts: WitnessingParts
  readonly #clients: readonly WitnessClient[]
  readonly #standings = new Map<string, WitnessStanding>()
  readonly #read: SqlRunner
  #witnessedSize = 0
  #awaitingSince: Date | undefined
  #contradicted = false

  constructor(parts: WitnessingParts) {
    const { witnesses, quorum } = parts
    if (quorum > witnesses.length || (witnesses.length > 0 && quorum < 1))
      throw new Error(`a quorum of ${quorum} of ${witnesses.length} witnesses`)
    this.#parts = parts
    this.#read = asRole(parts.sql, SEQUENCER_ROLE)
    this.#clients = witnesses.map((address) => new WitnessClient(address))
  }

  get status(): WitnessStatus {
    const { quorum, witnesses } = this.#parts
    return {
      state: this.#state(),
      witnessedSize: this.#witnessedSize,
      quorum,
      awaitingSince: this.#awaitingSince,
      witnesses: witnesses.map(({ name }) => this.#standing(name)),
    }
  }

  /** Submits the latest checkpoint to each witness that has not cosigned it, and keeps what they answer. */
  async turn(): Promise<WitnessStatus> {
    const { quorum } = this.#parts
    const latest = await latestCheckpoint(this.#read)
    if (latest && latest.size > 0 && this.#clients.length > 0) {
      const cosigned = new Set(latest.checkpoint.signatures.map(({ name }) => name))
      const missing = this.#clients.filter(({ address }) => !cosigned.has(address.name))
      await Promise.all(missing.map((client) => this.#submit(client, latest)))
      this.#witnessedSize = (await latestWitnessed(this.#read, quorum))?.size ?? 0
      if (this.#witnessedSize >= latest.size) this.#awaitingSince = undefined
      else this.#awaitingSince ??= this.#parts.now()
    }
    return this.status
  }

  /** The largest tree that any witness saw of this log; what the sequencer compares the database with at its start. */
  readonly largestSeen = async (): Promise<number | undefined> => {
    const { origin, signer } = this.#parts
    // A witness that knows the log answers the empty tree with the size it is at; a new one takes it as the beginning.
    const empty = signedNote(origin, 0, treeRoot('sha256', []), signer)
    const sizes = await Promise.all(this.#clients.map((client) => client.sizeOf(empty)))
    const known = sizes.filter((size) => size !== undefined)
    return known.length > 0 ? Math.max(...known) : undefined
  }

  async #submit(client: WitnessClient, { size, note, at }: StoredCheckpoint): Promise<void> {
    const { folder, now } = this.#parts
    const { name } = client.address
    const before = this.#standing(name)
    const answer = await client.submit(note, (older) => folder.tree(size).consistency(older))
    if (answer.kind === 'conflict') this.#contradicted ||= await this.#isContradiction(answer)
    if (answer.kind !== 'cosigned') {
      this.#standings.set(name, { ...before, last: answer.kind })
      return
    }
    await this.#keep(size, name, answer.line, answer.at)
    const skewSeconds = answer.at - Math.floor(now().getTime() / 1000)
    this.#standings.set(name, { name, size, at, skewSeconds, last: 'cosigned' })
  }

  /** A witness may be ahead of what we submitted because we went on meanwhile; not of all that we have. */
  async #isContradiction(answer: WitnessAnswer & { readonly kind: 'conflict' }): Promise<boolean> {
    if (answer.size === undefined) return true
    const latest = await latestCheckpoint(this.#read)
    return answer.size > (latest?.size ?? 0)
  }

  async #keep(size: number, witness: string, line: string, at: number): Promise<void> {
    await this.#parts.sql.transaction(SEQUENCER_ROLE, (tx) =>
      tx.query(
        `insert into log.cosignature (size, witness, line, at) values ($1, $2, $3, to_timestamp($4::float8))
         on conflict do nothing`,
        [size, witness, line, at],
      ),
    )
  }

  #standing(name: string): WitnessStanding {
    const none = { name, size: 0, at: undefined, skewSeconds: undefined, last: undefined }
    return this.#standings.get(name) ?? none
  }

  #state(): WitnessState {
    if (this.#clients.length === 0) return 'none'
    if (this.#contradicted) return 'contradicted'
    const { now, patienceMs = PATIENCE_MS } = this.#parts
    const since = this.#awaitingSince
    return since && now().getTime() - since.getTime() > patienceMs ? 'awaiting' : 'witnessed'
  }
}
