// Where what was said of a draw stands in the public log, and the proof of it, under what its witnesses cosigned.

import { type Certificate, toHex } from '@sunlot/draw'
import type { Reader } from '../../platform/database/database.ts'
import {
  firstWitnessedFrom,
  latestCheckpoint,
  type PublishedLog,
  runnerWithin,
  type StoredCheckpoint,
} from '../../platform/log/index.ts'
import type { DrawTools } from '../parts.ts'
import { indexesOf, leavesBeside } from './leaves.store.ts'
import { canonicalOf, type KeptManifest, leavesOf, manifestsOf } from './manifests.store.ts'

type Tools = Pick<DrawTools, 'recording' | 'log'>

/** A leaf's place under a checkpoint. `path`: hashes in hex, from the leaf up. */
export interface LeafPlace {
  readonly checkpoint: string
  readonly index: number
  readonly path: string[]
}

/**
 * What the certificate says of the log: plan entry, commitment and close under the first checkpoint that holds the close and that
 * the quorum cosigned. Nothing while there is none.
 */
export function witnessedPlaces(tools: Tools, drawId: string): Promise<Certificate['log'] | undefined> {
  return tools.recording.database.read(async (reader) => {
    const manifests = await manifestsOf(reader, drawId)
    const ids = ['plan.json', 'commit.json', 'close.json'].map((name) => manifests.get(name)?.leafId)
    const indexes = await indexesOf(
      reader,
      ids.filter((id) => typeof id === 'string'),
    )
    const [plan, commit, close] = ids.map((id) => indexes.get(id ?? ''))
    if (plan === undefined || commit === undefined || close === undefined) return undefined
    const under = await firstWitnessedFrom(runnerWithin(reader), close + 1, tools.log.policy.quorum)
    if (!under) return undefined
    const tree = tools.log.tiles.tree(under.size)
    const placeOf = async (index: number) => ({ index, path: (await tree.inclusion(index)).map(toHex) })
    return {
      checkpoint: under.note,
      plan: await placeOf(plan),
      commit: await placeOf(commit),
      close: await placeOf(close),
    }
  })
}

/** The place of one leaf under the first checkpoint that holds it and that the quorum cosigned. */
export function leafPlace(tools: Tools, leafId: string): Promise<LeafPlace | undefined> {
  return tools.recording.database.read((reader) => leafPlaceWithin(reader, tools.log, leafId))
}

/** The same, inside a transaction that reads. */
export async function leafPlaceWithin(
  reader: Reader,
  log: PublishedLog,
  leafId: string,
): Promise<LeafPlace | undefined> {
  const index = (await indexesOf(reader, [leafId])).get(leafId)
  if (index === undefined) return undefined
  const under = await firstWitnessedFrom(runnerWithin(reader), index + 1, log.policy.quorum)
  if (!under) return undefined
  const path = await log.tiles.tree(under.size).inclusion(index)
  return { checkpoint: under.note, index, path: path.map(toHex) }
}

/** proofs.json of a committed draw: all that was said of it, as far as the log has given it a place. */
export async function proofsWithin(reader: Reader, log: PublishedLog, drawId: string): Promise<Uint8Array> {
  const manifests = await manifestsOf(reader, drawId)
  const needed = await leavesNeeded(reader, drawId, manifests)
  const indexes = await indexesOf(reader, [...needed.keys()])
  const under = await covering(reader, log, needed, indexes)
  if (!under) return canonicalOf({ v: 'vdp1', checkpoint: '', consistency: [], leaves: [] })
  const tree = log.tiles.tree(under.size)
  const placed = [...indexes].filter(([, index]) => index < under.size).toSorted(([, a], [, b]) => a - b)
  const leaves: { index: number; leaf: string; path: string[] }[] = []
  for (const [id, index] of placed)
    leaves.push({ index, leaf: needed.get(id) ?? '', path: (await tree.inclusion(index)).map(toHex) })
  const consistency = (await tree.consistency(sizeOfCertificate(manifests, under))).map(toHex)
  return canonicalOf({ v: 'vdp1', checkpoint: under.note, consistency, leaves })
}

/** The first checkpoint over all of them that the quorum cosigned; where there is none yet, the latest. */
async function covering(
  reader: Reader,
  log: PublishedLog,
  needed: ReadonlyMap<string, string>,
  indexes: ReadonlyMap<string, number>,
): Promise<StoredCheckpoint | undefined> {
  const sql = runnerWithin(reader)
  const size = Math.max(0, ...indexes.values()) + 1
  const all = indexes.size === needed.size
  const witnessed = all ? await firstWitnessedFrom(sql, size, log.policy.quorum) : undefined
  return witnessed ?? latestCheckpoint(sql)
}

/** Leaf id → exact text: of the draw, its plan entry, the commitment before it, and what ended the draw that it supersedes. */
async function leavesNeeded(
  reader: Reader,
  drawId: string,
  manifests: ReadonlyMap<string, KeptManifest>,
): Promise<ReadonlyMap<string, string>> {
  const planLeaf = manifests.get('plan.json')?.leafId
  const own = (await leavesOf(reader, [drawId])).filter(({ type, id }) => type !== 'plan' || id === planLeaf)
  const others = await leavesBeside(reader, drawId, planLeaf ?? null)
  return new Map([...own, ...others].map(({ id, body }) => [id, body]))
}

/** How large the tree was under which the certificate proves its leaves; 0 where there is no certificate. */
function sizeOfCertificate(manifests: ReadonlyMap<string, KeptManifest>, under: StoredCheckpoint): number {
  const body = manifests.get('certificate.json')?.body
  if (body === undefined) return 0
  const { log } = JSON.parse(body) as Certificate
  return Math.min(Number(log.checkpoint.split('\n')[1]), under.size)
}
