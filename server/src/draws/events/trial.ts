// What the list of a draw would be after one more event: asked of the library before anything is written.

import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Reader } from '../../platform/database/database.ts'
import { listsOfDraw } from '../draws/lists.store.ts'
import { manifestsOf } from '../draws/manifests.store.ts'
import type { DrawTools } from '../parts.ts'
import { runInWorker, type Work } from '../work/work.ts'

/** The list as it stands after the events that there are and those that are added. `added`: files of the bundle by name. */
export async function triedWith(
  reader: Reader,
  { files }: Pick<DrawTools, 'files'>,
  drawId: string,
  added: readonly (readonly [name: string, bytes: Uint8Array])[],
): Promise<Work['replay']['output']> {
  const manifests = await manifestsOf(reader, drawId)
  const lists = await listsOfDraw(reader, drawId)
  const kept = [...manifests].map(([name, { body }]) => [name, body] as const)
  const more = added.map(([name, bytes]) => [name, new TextDecoder().decode(bytes)] as const)
  return files.clearFolder(async (folder) => {
    for (const { name, fileHash } of lists)
      await pipeline(
        await files.read(fileHash),
        createWriteStream(join(folder, name), { flags: 'wx', mode: 0o600 }),
      )
    return runInWorker('replay', { folder, events: [...kept, ...more] })
  })
}
