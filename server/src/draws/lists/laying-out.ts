// Lists of a draw as files that the library reads: in the clear, and what they were when they were stored.

import { join } from 'node:path'
import { Refused } from '../../platform/refusal.ts'
import type { DrawTools } from '../parts.ts'

/** Lays a list into a folder. Throws Refused (draw.frozen_differs) where it is not what was stored. */
export async function layOutList(
  { files }: Pick<DrawTools, 'files'>,
  { name, fileHash }: { readonly name: string; readonly fileHash: string },
  folder: string,
): Promise<void> {
  if ((await files.layOut(fileHash, join(folder, name))) !== fileHash) throw differs(name)
}

/** Before lines of lists, or their bytes, are given to somebody. Throws Refused (draw.frozen_differs) where one is not what was stored. */
export async function demandIntact(
  { files }: { readonly files: Pick<DrawTools['files'], 'isIntact'> },
  lists: readonly { readonly name: string; readonly fileHash: string }[],
): Promise<void> {
  for (const { name, fileHash } of lists) if (!(await files.isIntact(fileHash))) throw differs(name)
}

/** A list, or a manifest, that is not what it was. */
export function differs(list: string): Refused {
  return new Refused({ code: 'draw.frozen_differs', params: { list } })
}
