// The exact bytes that were hashed, what the public log says of them, and who signed what: rows that are written once.

import { canonical, type Commitment, type JsonObject, type LogLeaf, type Signature } from '@sunlot/draw'
import type { Reader, Writer } from '../../platform/database/database.ts'

/** Writes a manifest, exactly as it was hashed. A second one of the same name is refused by the database. */
export async function writeManifest(
  writer: Writer,
  manifest: {
    readonly drawId: string
    readonly name: string
    readonly built: { readonly bytes: Uint8Array; readonly hash: string }
    readonly leafId?: string
    readonly at: Date
  },
): Promise<void> {
  const { drawId, name, built, leafId, at } = manifest
  await writer
    .insertInto('draws.manifest')
    .values({
      draw_id: drawId,
      name,
      body: new TextDecoder().decode(built.bytes),
      hash: built.hash,
      leaf_id: leafId === undefined ? null : Number(leafId),
      made_at: at,
    })
    .execute()
}

/** A manifest as it is kept. `leafId`: of the public log, where it was logged. */
export interface KeptManifest {
  readonly body: string
  readonly hash: string
  readonly leafId: string | null
}

/** The manifests of a draw by name. Asks for no reach: of a draw that was found within one. */
export async function manifestsOf(
  reader: Reader,
  drawId: string,
): Promise<ReadonlyMap<string, KeptManifest>> {
  const rows = await reader
    .selectFrom('draws.manifest')
    .select(['name', 'body', 'hash', 'leaf_id as leafId'])
    .where('draw_id', '=', drawId)
    .orderBy('name')
    .execute()
  return new Map(
    rows.map(({ name, leafId, ...row }) => [
      name,
      { ...row, leafId: leafId === null ? null : String(leafId) },
    ]),
  )
}

/** The exact bytes of a manifest, and its hash. */
export function findManifest(reader: Reader, drawId: string, name: string) {
  return reader
    .selectFrom('draws.manifest')
    .select(['body', 'hash'])
    .where('draw_id', '=', drawId)
    .where('name', '=', name)
    .executeTakeFirst()
}

/** The commitment among the manifests of a draw; its bytes were checked when they were written. Nothing where none was made. */
export function commitmentIn(
  manifests: ReadonlyMap<string, Pick<KeptManifest, 'body'>>,
): Commitment | undefined {
  const kept = manifests.get('commit.json')
  return kept && (JSON.parse(kept.body) as Commitment)
}

/** The commitment of a draw alone, with its hash; nothing where none was made. Asks for no reach: of a draw that was found within one. */
export async function commitmentOf(
  reader: Reader,
  drawId: string,
): Promise<{ readonly value: Commitment; readonly hash: string } | undefined> {
  const kept = await findManifest(reader, drawId, 'commit.json')
  return kept && { value: JSON.parse(kept.body) as Commitment, hash: kept.hash }
}

/** Says something of a draw in the public log, in the words of VDP/1. Gives the id of the log's leaf. */
export async function appendLeaf(writer: Writer, drawId: string, leaf: LogLeaf): Promise<string> {
  const { id } = await writer
    .insertInto('draws.leaf')
    // The trigger gives the id that the log gave.
    .values({ id: 0, draw_id: drawId, type: leaf.type, hash: leaf.hash, body: canonical({ ...leaf }) })
    .returning('id')
    .executeTakeFirstOrThrow()
  return String(id)
}

/** The leaves of a draw, in the order in which they were said. Asks for no reach: the log is public. */
export async function leavesOf(reader: Reader, drawIds: readonly string[]) {
  if (drawIds.length === 0) return []
  const rows = await reader
    .selectFrom('draws.leaf')
    .select(['id', 'draw_id as drawId', 'type', 'hash', 'body'])
    .where('draw_id', 'in', [...drawIds])
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ ...row, id: String(row.id) }))
}

/** Keeps a signature; the same one twice is kept once. */
export async function insertSignature(
  writer: Writer,
  drawId: string,
  signature: Signature & { readonly now: Date },
): Promise<void> {
  await writer
    .insertInto('draws.signature')
    .values({
      draw_id: drawId,
      tag: signature.of,
      hash: signature.hash,
      by: signature.by,
      alg: signature.alg,
      public_key: signature.key,
      value: signature.value,
      signed_at: signature.now,
    })
    .onConflict((conflict) => conflict.columns(['draw_id', 'tag', 'hash', 'by']).doNothing())
    .execute()
}

/** signatures.json of a draw, canonical: those of what is `said` (`<what it is of> <hash>`). */
export async function signaturesJson(
  reader: Reader,
  drawId: string,
  said: ReadonlySet<string>,
): Promise<Uint8Array> {
  const rows = await reader
    .selectFrom('draws.signature')
    .select(['tag as of', 'hash', 'by', 'alg', 'public_key as key', 'value'])
    .where('draw_id', '=', drawId)
    .execute()
  const order = ({ of, hash, by }: (typeof rows)[number]) => `${of}\n${hash}\n${by}`
  const signatures = rows
    .filter(({ of, hash }) => said.has(`${of} ${hash}`))
    .toSorted((a, b) => (order(a) < order(b) ? -1 : 1))
  return canonicalOf({ v: 'vdp1', signatures: signatures.map((row) => ({ ...row })) })
}

/** The canonical bytes of a file of the bundle. */
export function canonicalOf(value: JsonObject): Uint8Array {
  return new TextEncoder().encode(canonical(value))
}
