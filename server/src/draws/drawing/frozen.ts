// What a draw is made from: the frozen lists and the manifests, each held against what was committed and against what the
// public log's witnesses cosigned. Where anything differs, nothing is drawn.

import {
  type Certificate,
  type Commitment,
  fromHex,
  hashHex,
  includes,
  logLeafHash,
  parseCheckpoint,
  tag,
  utf8,
} from '@sunlot/draw'
import { listsOfDraw } from '../draws/lists.store.ts'
import { leavesOf, manifestsOf } from '../draws/manifests.store.ts'
import { differs, layOutList } from '../lists/laying-out.ts'
import type { DrawTools } from '../parts.ts'
import type { DrawFacts } from '../shapes.ts'

/** The manifests of a closed draw, as they were hashed. */
interface ClosedManifests {
  readonly commit: string
  readonly close: string
  readonly commitment: Commitment
}

type Closed = Pick<DrawFacts, 'id' | 'name' | 'commitHash' | 'closeHash'>

/** The commitment and the close. Throws Refused (draw.frozen_differs) where they are not what was logged. */
export async function closedManifests(
  tools: Pick<DrawTools, 'recording'>,
  draw: Closed,
  log: Certificate['log'],
): Promise<ClosedManifests> {
  const { manifests, leaves } = await tools.recording.database.read(async (reader) => ({
    manifests: await manifestsOf(reader, draw.id),
    leaves: await leavesOf(reader, [draw.id]),
  }))
  const body = (name: string): string => manifests.get(name)?.body ?? ''
  const { alg } = JSON.parse(body('commit.json') || '{}') as Partial<Commitment>
  if (alg === undefined) throw differs('commit.json')
  const hashes = {
    commit: tag(alg, 'commit', body('commit.json')),
    close: tag(alg, 'close', body('close.json')),
    plan: hashHex(alg, utf8(body('plan.json'))),
  }
  const commitment = JSON.parse(body('commit.json')) as Commitment
  if (hashes.commit !== draw.commitHash) throw differs('commit.json')
  if (hashes.close !== draw.closeHash) throw differs('close.json')
  if (hashes.plan !== commitment.plan.hash) throw differs('plan.json')
  for (const type of ['commit', 'close'] as const) {
    const leaf = leaves.find((each) => each.type === type)
    if (!leaf || !isLogged(leaf.body, hashes[type], log.checkpoint, log[type])) throw differs(`${type}.json`)
  }
  return { commit: body('commit.json'), close: body('close.json'), commitment }
}

/** Lays the frozen lists into a folder. Throws Refused (draw.frozen_differs). */
export async function layOutFrozen(
  tools: Pick<DrawTools, 'recording' | 'files'>,
  drawId: string,
  { commitment, folder }: { readonly commitment: Commitment; readonly folder: string },
): Promise<void> {
  const kept = await tools.recording.database.read((reader) => listsOfDraw(reader, drawId))
  for (const { name, hash } of commitment.lists) {
    const list = kept.find((each) => each.name === name)
    if (!list) throw differs(name)
    // Where the commitment names the file itself by SHA-256, that is the hash; salted ones are compared in the thread.
    const named = commitment.alg === 'sha256' && hash !== undefined ? hash : list.fileHash
    if (list.fileHash !== named) throw differs(name)
    await layOutList(tools, list, folder)
  }
}

/** Whether a leaf says this hash and stands in the cosigned tree. */
function isLogged(
  body: string,
  hash: string,
  note: string,
  place: { readonly index: number; readonly path: readonly string[] },
): boolean {
  const checkpoint = parseCheckpoint(note)
  if (!checkpoint || (JSON.parse(body) as { readonly hash: string }).hash !== hash) return false
  const path = place.path.map(fromHex)
  const { size, root } = checkpoint
  return includes('sha256', logLeafHash(body), { index: place.index, size, path }, root)
}
