// The tree: every leaf hashes to what is stored, stands in its one place, and tiles, checkpoints and database agree.

import { compareBytes, concat, fromHex, logLeafHash, parseCheckpoint, utf8 } from '@sunlot/draw'
import { type LogPolicy, signedByLog } from '../policy.ts'
import type { Row, SqlRunner } from '../sql.ts'
import { entryOf, LONGEST_LEAF_BYTES, type TileFolder } from '../tile-folder.ts'
import { TILE_WIDTH, type TileName, tilePath } from '../tile-path.ts'
import { TreeEdge } from '../tree-edge.ts'
import type { Findings } from './report.ts'
import { piecesOf } from './snapshot.ts'

/** What the tree is checked against. Without a folder only the database is checked. */
export interface TreeParts {
  readonly tx: SqlRunner
  readonly policy: LogPolicy
  readonly folder?: TileFolder
}

const LEAVES = `
  select s.leaf_index::text as place, l.id::text as id, l.body, encode(l.hash, 'hex') as hash
    from log.sequence s left join log.leaf l on l.id = s.leaf_id order by s.leaf_index`
const CHECKPOINTS = `
  select c.size::text as size, encode(c.root, 'hex') as root, c.note from log.checkpoint c order by c.size`

/** Reads the whole log once, leaf by leaf, and grows the tree anew. */
export async function checkTree(parts: TreeParts, findings: Findings): Promise<void> {
  await new TreeCheck(parts, findings).run()
}

class TreeCheck {
  readonly #parts: TreeParts
  readonly #findings: Findings
  readonly #edge = new TreeEdge()
  #bundle: Uint8Array[] = []
  #checkpoints: AsyncIterator<Row> | undefined
  #next: Row | undefined

  constructor(parts: TreeParts, findings: Findings) {
    this.#parts = parts
    this.#findings = findings
  }

  async run(): Promise<void> {
    const { tx } = this.#parts
    this.#checkpoints = oneByOne(piecesOf(tx, CHECKPOINTS))
    await this.#advance()
    for await (const leaves of piecesOf(tx, LEAVES))
      for (const leaf of leaves) {
        await this.#checkpointHere()
        await this.#leaf(leaf)
      }
    await this.#checkpointHere()
    // What remains was signed over leaves that are not there any more.
    for (; this.#next; await this.#advance())
      this.#findings.fault('checkpoint_without_leaves', `log.checkpoint ${text(this.#next, 'size')}`, {
        size: text(this.#next, 'size'),
        leaves: this.#edge.size,
      })
    await this.#published()
  }

  async #leaf(row: Row): Promise<void> {
    const place = this.#edge.size
    this.#findings.count('leaves')
    if (Number(row['place']) !== place)
      this.#findings.fault('sequence_gap', `log.sequence ${text(row, 'place')}`, { place })
    const where = `log.leaf ${text(row, 'id')}`
    if (row['body'] === null)
      this.#findings.fault('leaf_missing', `log.sequence ${text(row, 'place')}`, { place })
    const body = row['body'] === null ? '' : text(row, 'body')
    const hash = logLeafHash(body)
    if (row['body'] !== null && compareBytes(hash, fromHex(text(row, 'hash'))) !== 0)
      this.#findings.fault('leaf_altered', where, { place })
    await this.#grow(body, hash, where)
  }

  async #grow(body: string, hash: Uint8Array, where: string): Promise<void> {
    const long = utf8(body).length > LONGEST_LEAF_BYTES
    if (long) this.#findings.fault('leaf_too_long', where)
    this.#bundle.push(long ? new Uint8Array(2) : entryOf(body, this.#edge.size))
    for (const { level, index, hashes } of this.#edge.append(hash))
      await this.#compare({ level, index, width: TILE_WIDTH }, concat(...hashes))
    if (this.#bundle.length < TILE_WIDTH) return
    const index = this.#edge.size / TILE_WIDTH - 1
    await this.#compare({ level: 'entries', index, width: TILE_WIDTH }, concat(...this.#bundle))
    this.#bundle = []
  }

  /** Every checkpoint of the size that the tree has now. */
  async #checkpointHere(): Promise<void> {
    for (; this.#next && Number(this.#next['size']) <= this.#edge.size; await this.#advance()) {
      const where = `log.checkpoint ${text(this.#next, 'size')}`
      const note = parseCheckpoint(text(this.#next, 'note'))
      const root = this.#edge.root()
      this.#findings.count('checkpoints')
      if (compareBytes(fromHex(text(this.#next, 'root')), root) !== 0)
        this.#findings.fault('checkpoint_differs', where)
      else if (note?.size !== this.#edge.size || compareBytes(note.root, root) !== 0)
        this.#findings.fault('note_differs', where)
      else if (!signedByLog(this.#parts.policy, note)) this.#findings.fault('note_not_signed', where)
    }
  }

  /** The published checkpoint is one of the database's, and the unfinished tiles are those of its size. */
  async #published(): Promise<void> {
    const { folder, tx, policy } = this.#parts
    if (!folder) return
    const note = parseCheckpoint((await folder.checkpoint()) ?? '')
    if (!note) {
      if (this.#edge.size > 0) this.#findings.fault('published_missing', 'checkpoint')
      return
    }
    if (!signedByLog(policy, note)) this.#findings.fault('note_not_signed', 'checkpoint')
    const { rows } = await tx.query(
      `select encode(root, 'hex') as root from log.checkpoint where size = $1`,
      [note.size],
    )
    // A server that runs publishes while we read: what is newer than our state of the database is not judged.
    if (
      note.size <= this.#edge.size &&
      (!rows[0] || compareBytes(fromHex(text(rows[0], 'root')), note.root) !== 0)
    )
      this.#findings.fault('published_differs', 'checkpoint', { size: note.size })
    if (note.size !== this.#edge.size) return
    for (const { level, index, hashes } of this.#edge.partials())
      await this.#compare({ level, index, width: hashes.length }, concat(...hashes))
    const [index, width] = [Math.floor(note.size / TILE_WIDTH), this.#bundle.length]
    if (width > 0) await this.#compare({ level: 'entries', index, width }, concat(...this.#bundle))
  }

  async #compare(tile: TileName, bytes: Uint8Array): Promise<void> {
    const { folder } = this.#parts
    if (!folder) return
    this.#findings.count('tiles')
    const there = await folder.read(tile)
    if (!there) this.#findings.fault('tile_missing', tilePath(tile))
    else if (compareBytes(there, bytes) !== 0) this.#findings.fault('tile_differs', tilePath(tile))
  }

  async #advance(): Promise<void> {
    const { value, done } = (await this.#checkpoints?.next()) ?? { done: true, value: undefined }
    this.#next = done === true ? undefined : value
  }
}

async function* oneByOne(pieces: AsyncGenerator<readonly Row[]>): AsyncGenerator<Row> {
  for await (const rows of pieces) yield* rows
}

function text(row: Row, name: string): string {
  return String(row[name])
}
