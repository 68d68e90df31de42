// What was said of a draw, as far as the public log holds it, with the proofs. What the log has not yet taken up, for a second or
// so, is not yet said: nobody is given a bundle that its own proofs contradict.

import { type Certificate, toHex } from '@sunlot/draw'
import type { Reader } from '../../platform/database/database.ts'
import {
  firstWitnessedFrom,
  latestCheckpoint,
  type PublishedLog,
  runnerWithin,
  type StoredCheckpoint,
} from '../../platform/log/index.ts'
import { indexesOf, leavesBeside, recordsOf } from './leaves.store.ts'
import { canonicalOf, type KeptManifest, leavesOf, manifestsOf } from './manifests.store.ts'

/** A draw's manifests that the log holds, and their proofs.json. */
export interface Proven {
  readonly manifests: ReadonlyMap<string, KeptManifest>
  readonly proofs: Uint8Array
}

/** Reads them, inside a transaction that reads. Of a draw that was not committed there are none. */
export async function provenWithin(reader: Reader, log: PublishedLog, drawId: string): Promise<Proven> {
  const all = await manifestsOf(reader, drawId)
  const leaves = await leavesNeeded(reader, drawId, all)
  const indexes = await indexesOf(reader, [...leaves.keys()])
  const under = await covering(reader, log, { wanted: leaves.size, indexes })
  if (!under)
    return {
      manifests: new Map(),
      proofs: canonicalOf({ v: 'vdp1', checkpoint: '', consistency: [], leaves: [] }),
    }
  const isIn = (leafId: string) => (indexes.get(leafId) ?? Infinity) < under.size
  const records = await recordsOf(reader, drawId)
  const manifests = new Map(
    [...all].filter(
      ([name, { leafId }]) =>
        (leafId === null || isIn(leafId)) &&
        records.every(({ leafId: record, of }) => of !== name || isIn(record)),
    ),
  )
  const early = new Set(records.filter(({ of }) => !manifests.has(of)).map(({ leafId }) => leafId))
  const tree = log.tiles.tree(under.size)
  const placed = [...indexes].filter(([id]) => isIn(id) && !early.has(id)).toSorted(([, a], [, b]) => a - b)
  const proofs: { index: number; leaf: string; path: string[] }[] = []
  for (const [id, index] of placed)
    proofs.push({ index, leaf: leaves.get(id) ?? '', path: (await tree.inclusion(index)).map(toHex) })
  const consistency = (await tree.consistency(sizeOfCertificate(manifests))).map(toHex)
  return {
    manifests,
    proofs: canonicalOf({ v: 'vdp1', checkpoint: under.note, consistency, leaves: proofs }),
  }
}

/** The first checkpoint over all of them that the quorum cosigned; where there is none yet, the latest. */
async function covering(
  reader: Reader,
  log: PublishedLog,
  { wanted, indexes }: { readonly wanted: number; readonly indexes: ReadonlyMap<string, number> },
): Promise<StoredCheckpoint | undefined> {
  const sql = runnerWithin(reader)
  const size = Math.max(0, ...indexes.values()) + 1
  const witnessed =
    indexes.size === wanted ? await firstWitnessedFrom(sql, size, log.policy.quorum) : undefined
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
function sizeOfCertificate(manifests: ReadonlyMap<string, KeptManifest>): number {
  const body = manifests.get('certificate.json')?.body
  if (body === undefined) return 0
  const { log } = JSON.parse(body) as Certificate
  return Number(log.checkpoint.split('\n')[1])
}
