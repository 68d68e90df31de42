// The one place of the law that touches a disk.

import { readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { type LawTexts, loadLawFromTexts } from './load.ts'
import type { Law } from './shapes.ts'

/** Reads the law from its folder. Throws LawRefused when anything in it is wrong, so that nothing starts on half a law. */
export function loadLaw(folder: string): Law {
  return loadLawFromTexts(readLawTexts(folder))
}

/** The texts of a law folder by path below it, `/` between. */
export function readLawTexts(folder: string): LawTexts {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile() && /\.(yaml|tsv)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
  return new Map(
    paths.map((path) => [
      path.slice(join(folder, sep).length).replaceAll(sep, '/'),
      readFileSync(path, 'utf8'),
    ]),
  )
}
