// What a bundle carries so that anybody can check it: the verifier page, check.py and verify.sh, as this release has them.

import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CommandError } from '../errors.ts'

const FILES: readonly (readonly [string, string])[] = [
  ['check.py', 'draw/vectors/check.py'],
  ['verifier.html', 'web/dist/verifier.html'],
  ['verify.sh', 'draw/vectors/verify.sh'],
]

/** Names with bytes, ascending. Refused where the page has not been built. */
export function softwareFiles(): (readonly [string, Uint8Array])[] {
  const root = projectRoot()
  return FILES.map(([name, path]) => {
    const file = join(root, path)
    if (!existsSync(file)) throw new CommandError('not_built', { file: path })
    return [name, new Uint8Array(readFileSync(file))]
  })
}

/** The folder of the project, from the source or from the built command. */
export function projectRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'draw', 'spec', 'draw-v1.md'))) {
    if (dirname(folder) === folder) throw new CommandError('not_built', { file: 'draw/spec/draw-v1.md' })
    folder = dirname(folder)
  }
  return folder
}
