// Threads of this program. Beside the built server lie theirs, built; of sources, each is compiled once for a process.

import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker, type WorkerOptions } from 'node:worker_threads'
import { projectPath } from './root.ts'

/** A thread: its source below server/src, and its name among the built files. */
export interface ThreadProgram {
  readonly source: string
  readonly built: string
}

const compiled = new Map<string, string>()

/** Starts it. */
export function startThread(program: ThreadProgram, options: WorkerOptions): Worker {
  const here = import.meta.url
  if (here.endsWith('.ts')) return new Worker(pathToFileURL(fromSources(program)), options)
  // Beside the bundle, whichever of its chunks this stands in.
  return new Worker(new URL(here.replace(/\/(?:chunks\/)?[^/]*$/, `/${program.built}`)), options)
}

function fromSources({ source, built }: ThreadProgram): string {
  const known = compiled.get(source)
  if (known !== undefined && existsSync(known)) return known
  const { buildSync } = createRequire(import.meta.url)('esbuild') as typeof import('esbuild')
  const { outputFiles } = buildSync({
    entryPoints: [projectPath('server', 'src', source)],
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    sourcemap: 'inline',
    packages: 'external',
    alias: {
      '@sunlot/draw': projectPath('draw', 'src', 'index.ts'),
      '@sunlot/sheets': projectPath('sheets', 'src', 'index.ts'),
    },
  })
  const text = outputFiles[0]?.text ?? ''
  const folder = projectPath('server', 'dist', 'threads')
  const name = `${createHash('sha256').update(text).digest('hex').slice(0, 16)}-${built}`
  const path = join(folder, name)
  // Under a name of its own first: another process may be doing the same.
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${path}.${process.pid}`, text)
  renameSync(`${path}.${process.pid}`, path)
  compiled.set(source, path)
  return path
}
