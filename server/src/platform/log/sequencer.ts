// Gives leaves their places, writes the tiles, signs the checkpoint. Each step can be cut off anywhere and done again.

import { compareBytes, fromHex, logLeafHash, parseCheckpoint, toHex, treeRoot } from '@sunlot/draw'
import { LogHalted, LogRolledBack } from './faults.ts'
import { ReadyLeaves } from './ready-leaves.ts'
import { type LogSigner, signedNote } from './signer.ts'
import { type Row, SEQUENCER_ROLE, type SqlRunner } from './sql.ts'
import { type GrowingTree, type SequencedLeaf, TileFolder } from './tile-folder.ts'
import { TileMissing } from './tile-tree.ts'

/** What a sequencer works on. */
export interface SequencerParts {
  readonly sql: SqlRunner
  readonly folder: TileFolder
  readonly origin: string
  readonly signer: LogSigner
  /** The largest tree that a witness saw of this log, where one can be asked. */
  readonly witnessedSize?: () => Promise<number | undefined>
  /** Leaves in one transaction. */
  readonly batch?: number
  /** See `ReadyLeaves`. */
  readonly statementMs?: number
}

/** What one pass did. `busy`: another process holds the sequencer's lock. `more`: leaves were left for the next pass. */
export interface Pass {
  readonly busy: boolean
  readonly size: number
  readonly sequenced: number
  readonly waiting: number
  readonly more: boolean
}

interface Stored {
  readonly size: number
  readonly root: Uint8Array
}

const BATCH = 2048
// Any number that nothing else in the database locks.
const LOCK = 7_246_963_001

/** One log's sequencer. `pass` is safe to call again after any error; `LogRolledBack` needs a person. */
export class Sequencer {
  readonly #parts: SequencerParts
  readonly #ready: ReadyLeaves
  #tree: GrowingTree | undefined

  constructor(parts: SequencerParts) {
    this.#parts = parts
    this.#ready = new ReadyLeaves(parts.statementMs)
  }

  /** Sequences what is ready and publishes a checkpoint over it. Throws `LogRolledBack`, `LogHalted`. */
  async pass(): Promise<Pass> {
    try {
      return await this.#pass()
    } catch (error) {
      // What memory holds may be ahead of the disk now: the next pass reads the disk.
      this.#tree = undefined
      throw error
    }
  }

  async #pass(): Promise<Pass> {
    const { sql, witnessedSize, batch = BATCH } = this.#parts
    const seen = this.#tree ? undefined : await witnessedSize?.()
    const idle: Pass = { busy: true, size: 0, sequenced: 0, waiting: 0, more: false }
    const placed = await sql.transaction(SEQUENCER_ROLE, async (tx) => {
      if (!(await holdsLock(tx))) return undefined
      const last = await lastCheckpoint(tx)
      await this.#refuseEarlierClock(tx, last?.at)
      if (!this.#tree) await this.#refuseRollback(tx, last, seen)
      const { leaves, waiting } = await this.#ready.take(tx, batch)
      await givePlaces(
        tx,
        leaves.map(({ id }) => id),
      )
      return { sequenced: leaves.length, waiting: waiting - leaves.length, more: leaves.length === batch }
    })
    if (!placed) return idle
    const size = await this.#seal()
    return size === undefined ? idle : { busy: false, size, ...placed }
  }

  /** Writes tiles for every place that has none and signs a checkpoint over them. */
  async #seal(): Promise<number | undefined> {
    const { sql, folder, origin, signer } = this.#parts
    const sealed = await sql.transaction(SEQUENCER_ROLE, async (tx) => {
      if (!(await holdsLock(tx))) return undefined
      const last = await lastCheckpoint(tx)
      const tree = await this.#openTree(tx, last)
      const size = await sequencedSize(tx)
      await this.#growTo(tx, tree, size)
      if ((last?.size ?? 0) === size) return { size }
      const root = tree.edge.root()
      const note = signedNote(origin, size, root, signer)
      const at = await this.#refuseEarlierClock(tx, last?.at)
      await tx.query(
        `insert into log.checkpoint (size, root, note, at) values ($1, decode($2, 'hex'), $3, $4::timestamptz)`,
        [size, toHex(root), note, at],
      )
      return { size, note }
    })
    const note = sealed?.note ?? (await this.#unpublished(sealed?.size))
    if (note !== undefined) await folder.publish(note)
    return sealed?.size
  }

  /** The database's own checkpoint, where a crash came between storing and publishing it. */
  async #unpublished(size: number | undefined): Promise<string | undefined> {
    const { sql, folder } = this.#parts
    if (!size) return undefined
    const published = await folder.checkpoint()
    if (published !== undefined && parseCheckpoint(published)?.size === size) return undefined
    const { rows } = await sql.transaction(SEQUENCER_ROLE, (tx) =>
      tx.query('select note from log.checkpoint where size = $1', [size]),
    )
    return rows[0] && String(rows[0]['note'])
  }

  async #openTree(tx: SqlRunner, last: Stored | undefined): Promise<GrowingTree> {
    const size = last?.size ?? 0
    // Another process may have sequenced meanwhile.
    if (this.#tree && this.#tree.edge.size >= size) return this.#tree
    const root = last?.root ?? treeRoot('sha256', [])
    const tree = await this.#treeFromDisk(tx, size)
    if (compareBytes(tree.edge.root(), root) !== 0) throw new LogRolledBack('root_differs', { size })
    this.#tree = tree
    return tree
  }

  async #treeFromDisk(tx: SqlRunner, size: number): Promise<GrowingTree> {
    const { folder } = this.#parts
    try {
      return await folder.open(size)
    } catch (error) {
      if (!(error instanceof TileMissing)) throw error
      // The disk lost tiles, the database has all that they are made of.
      const tree = await folder.open(0)
      await this.#growTo(tx, tree, size)
      return tree
    }
  }

  async #growTo(tx: SqlRunner, tree: GrowingTree, size: number): Promise<void> {
    const { folder, batch = BATCH } = this.#parts
    while (tree.edge.size < size) {
      const from = tree.edge.size
      const leaves = await sequencedLeaves(tx, from, Math.min(from + batch, size))
      if (leaves.length === 0) throw new LogRolledBack('sequence_lost', { size: from })
      const altered = leaves.findIndex(({ body, hash }) => compareBytes(logLeafHash(body), hash) !== 0)
      if (altered >= 0) throw new LogHalted('leaf_altered', { place: from + altered })
      await folder.grow(tree, leaves)
    }
  }

  /** The database's time, unless it stands before the last checkpoint (threats I11). */
  async #refuseEarlierClock(tx: SqlRunner, last: string | undefined): Promise<string> {
    const { rows } = await tx.query(
      `select now::text as now, now < $1::timestamptz as earlier from platform.now() now`,
      [last ?? null],
    )
    if (rows[0]?.['earlier'] === true)
      throw new LogHalted('clock_went_back', { now: String(rows[0]['now']), last: last ?? '' })
    return String(rows[0]?.['now'])
  }

  /** Compares what the database remembers with what was published and witnessed (threats I19). */
  async #refuseRollback(tx: SqlRunner, last: Stored | undefined, seen: number | undefined): Promise<void> {
    const { folder } = this.#parts
    const sequenced = await sequencedSize(tx)
    const size = last?.size ?? 0
    if (sequenced < size) throw new LogRolledBack('sequence_lost', { size, database: sequenced })
    const published = parseCheckpoint((await folder.checkpoint()) ?? '')
    if (published && published.size > 0) {
      const root = await rootAt(tx, published.size)
      if (!root) throw new LogRolledBack('checkpoint_lost', { size: published.size, database: size })
      if (compareBytes(root, published.root) !== 0)
        throw new LogRolledBack('root_differs', { size: published.size })
    }
    if (seen !== undefined && seen > size)
      throw new LogRolledBack('witness_ahead', { size: seen, database: size })
  }
}

/** The leaves of places from…to−1, checked against their stored hashes. Throws `LogHalted`. */
export async function sequencedLeaves(
  sql: SqlRunner,
  from: number,
  to: number,
): Promise<readonly SequencedLeaf[]> {
  const { rows } = await sql.query(
    `select s.leaf_index::text as place, l.body, encode(l.hash, 'hex') as hash
       from log.sequence s join log.leaf l on l.id = s.leaf_id
      where s.leaf_index >= $1 and s.leaf_index < $2 order by s.leaf_index`,
    [from, to],
  )
  if (rows.some((row, i) => Number(row['place']) !== from + i)) return []
  return rows.map((row) => ({ body: String(row['body']), hash: fromHex(String(row['hash'])) }))
}

async function holdsLock(tx: SqlRunner): Promise<boolean> {
  const { rows } = await tx.query('select pg_try_advisory_xact_lock($1) as held', [LOCK])
  return rows[0]?.['held'] === true
}

async function lastCheckpoint(tx: SqlRunner): Promise<(Stored & { readonly at: string }) | undefined> {
  const { rows } = await tx.query(
    `select c.size::text as size, encode(c.root, 'hex') as root, c.at::text as at
       from log.checkpoint c order by c.size desc limit 1`,
  )
  const [row] = rows
  return row && { size: Number(row['size']), root: fromHex(String(row['root'])), at: String(row['at']) }
}

async function rootAt(tx: SqlRunner, size: number): Promise<Uint8Array | undefined> {
  const row = await firstRow(tx, `select encode(root, 'hex') as root from log.checkpoint where size = $1`, [
    size,
  ])
  return row && fromHex(String(row['root']))
}

async function sequencedSize(tx: SqlRunner): Promise<number> {
  const row = await firstRow(
    tx,
    'select (coalesce(max(leaf_index), -1) + 1)::text as size from log.sequence',
    [],
  )
  return Number(row?.['size'])
}

async function givePlaces(tx: SqlRunner, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await tx.query(
    `insert into log.sequence (leaf_index, leaf_id)
     select $1::bigint + place - 1, id from unnest($2::bigint[]) with ordinality given (id, place)`,
    [await sequencedSize(tx), ids],
  )
}

async function firstRow(tx: SqlRunner, sql: string, params: readonly unknown[]): Promise<Row | undefined> {
  return (await tx.query(sql, params)).rows[0]
}
