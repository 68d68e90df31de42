// What the list of a draw would be after one more event: asked of the library before anything is written, and outside of any
// transaction. It is asked about a state that has a name; whoever writes holds the draw, and demands that it still is that one.

import type { Reader } from '../../platform/database/database.ts'
import { Moved } from '../../platform/refusal.ts'
import { listsOfDraw } from '../draws/lists.store.ts'
import type { manifestsOf } from '../draws/manifests.store.ts'
import { layOutList } from '../lists/laying-out.ts'
import type { DrawTools } from '../parts.ts'
import { runInWorker, type Work } from '../work/work.ts'

export type Manifests = Awaited<ReturnType<typeof manifestsOf>>
/** A file of the bundle that is added. */
export type AddedFile = readonly [name: string, bytes: Uint8Array]

/** What the library said, and of which state. */
export interface Trial {
  readonly state: string
  readonly after: Work['replay']['output']
}
/** What is tried: files that are added to the manifests of a draw, with whatever else was read of them. */
interface Tried {
  readonly drawId: string
  readonly manifests: Manifests
  readonly added: readonly AddedFile[]
}

/**
 * The list as it would stand after what is added to the manifests. `read` is asked in a transaction that reads; where it gives
 * nothing, nothing is tried. Throws Refused (draw.frozen_differs) where a list is not what was drawn from.
 */
export async function triedWith<T extends Tried>(
  { recording, files }: Pick<DrawTools, 'recording' | 'files'>,
  read: (reader: Reader) => Promise<T | undefined>,
): Promise<(Trial & { readonly of: T }) | undefined> {
  const asked = await recording.database.read(async (reader) => {
    const of = await read(reader)
    return of && { of, lists: await listsOfDraw(reader, of.drawId) }
  })
  if (!asked) return undefined
  const { of, lists } = asked
  const kept = [...of.manifests].map(([name, { body }]) => [name, body] as const)
  const more = of.added.map(([name, bytes]) => [name, new TextDecoder().decode(bytes)] as const)
  const after = await files.clearFolder(async (folder) => {
    for (const list of lists) await layOutList({ files }, list, folder)
    return runInWorker('replay', { folder, events: [...kept, ...more] })
  })
  return { state: stateOf(of.manifests, of.added), after, of }
}

/** What the library said of just this. Throws Moved where it was asked about something else, or not at all. */
export function demandTried(
  trial: Trial | undefined,
  manifests: Manifests,
  added: readonly AddedFile[],
): Trial['after'] {
  if (trial?.state !== stateOf(manifests, added)) throw new Moved({ code: 'draw.moved_meanwhile' })
  return trial.after
}

/** The name of a state: every manifest that there is, events and values among them, and what is added. */
function stateOf(manifests: Manifests, added: readonly AddedFile[]): string {
  const kept = [...manifests].map(([name, { hash }]) => `${name} ${hash}`).toSorted()
  const more = added.map(([name, bytes]) => `${name} ${Buffer.from(bytes).toString('latin1')}`)
  return [...kept, ...more].join('\n')
}
