// Where the project's own files stand: migrations, law, pages. The same from the sources and from a built file.

import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The path of a file of this project. Throws where this program does not stand inside the project's folder. */
export function projectPath(...parts: readonly string[]): string {
  root ??= findRoot(import.meta.dirname)
  return join(root, ...parts)
}

let root: string | undefined

function findRoot(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'server', 'migrations'))) return folder
    if (dirname(folder) === folder)
      throw new Error(`${from} is not inside the project: server/migrations is missing`)
  }
}
