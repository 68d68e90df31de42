// The programs that ride in every bundle, so that whoever has the bundle needs nothing else: committed by their hash.

import { existsSync, readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { type Commitment, hashHex } from '@sunlot/draw'
import type { Files } from '../../platform/files/files.ts'
import { Refused } from '../../platform/refusal.ts'
import { projectPath } from '../../platform/root.ts'

const PLACES = {
  'check.py': ['draw', 'vectors', 'check.py'],
  'verifier.html': ['web', 'dist', 'verifier.html'],
  'verify.sh': ['draw', 'vectors', 'verify.sh'],
} as const
const LIMIT = 16 * 1024 * 1024

/** The verifier page and the scripts as they are built here, names ascending. Throws Refused where one is not. */
export function softwareFiles(): readonly (readonly [name: string, bytes: Uint8Array])[] {
  return Object.entries(PLACES).map(([name, parts]) => {
    const path = projectPath(...parts)
    if (!existsSync(path)) throw new Refused({ code: 'software.not_built', params: { file: name } })
    return [name, readFileSync(path)]
  })
}

/** What a commitment says of the software; the files are kept under their hash, for the bundles of years to come. */
export async function keepSoftware(files: Files): Promise<Commitment['software']> {
  const kept: { name: string; hash: string }[] = []
  for (const [name, bytes] of softwareFiles()) {
    const { hash } = await files.put(Readable.from([bytes]), LIMIT)
    kept.push({ name, hash })
  }
  return { name: 'sunlot', version: '0.1.0', files: kept }
}

/** The bytes of committed software: as it was kept, or as it is built here where that is the same. */
export async function softwareBytes(
  files: Files,
  { name, hash }: { readonly name: string; readonly hash: string },
): Promise<Uint8Array | undefined> {
  if (await files.has(hash)) {
    const chunks: Buffer[] = []
    for await (const chunk of await files.read(hash)) chunks.push(chunk as Buffer)
    return Buffer.concat(chunks)
  }
  const built = PLACES[name as keyof typeof PLACES]
  if (!built || !existsSync(projectPath(...built))) return undefined
  const bytes = readFileSync(projectPath(...built))
  return hashHex('sha256', bytes) === hash ? bytes : undefined
}
