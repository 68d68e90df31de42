// Bundles as folders, and what the other verifiers say of them.

import { execFile, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { policyOf } from '../county.ts'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const CHECK = here('../../vectors/check.py')
const SCRIPT = here('../../vectors/verify.sh')

export const hasPython = spawnSync('python3', ['--version']).status === 0
export const hasScript = existsSync(SCRIPT) && spawnSync('bash', ['--version']).status === 0

/** A bundle to be looked at, and whether a policy is pinned. */
export interface Case {
  readonly files: ReadonlyMap<string, Uint8Array>
  readonly pinned: boolean
}

/** What a verifier said. */
export interface Said {
  readonly verdict: string
  readonly code: string | null
  readonly unknown: readonly string[]
}

/** A place for folders, with the policy file in it. */
export function shelf(): string {
  const root = mkdtempSync(join(tmpdir(), 'sunlot-negatives-'))
  writeFileSync(join(root, 'policy.json'), JSON.stringify(policyOf()))
  return root
}

/** Writes a bundle as a folder. */
export function writeFolder(folder: string, files: ReadonlyMap<string, Uint8Array>): void {
  mkdirSync(folder, { recursive: true })
  for (const [name, bytes] of files) {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, bytes)
  }
}

/** What the independent checker says of each, all in one process. */
export function askPython(root: string, cases: readonly Case[]): Said[] {
  const folders = cases.map(({ files, pinned }, i) => {
    const folder = join(root, String(i))
    writeFolder(folder, files)
    return [folder, pinned ? join(root, 'policy.json') : null]
  })
  const list = join(root, 'list.json')
  writeFileSync(list, JSON.stringify(folders))
  const run = spawnSync('python3', [here('run_check.py'), CHECK, list], {
    maxBuffer: 1 << 28,
    encoding: 'utf8',
  })
  if (run.status !== 0) throw new Error(`check.py: ${run.stderr}`)
  return JSON.parse(run.stdout) as Said[]
}

/** The exit code of the shell script on a folder. */
export function askScript(folder: string): Promise<number> {
  return new Promise((resolve) => {
    const child = execFile('bash', [SCRIPT, folder], { timeout: 20_000 }, () => resolve(child.exitCode ?? -1))
  })
}
