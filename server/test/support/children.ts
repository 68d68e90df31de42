// Processes of their own, for what kills one or needs two. Bundled once, so that one starts in a tenth of a second.

import { spawn, type ChildProcess } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { buildSync } from 'esbuild'

const ROOT = join(import.meta.dirname, '../../..')
const OWN = ['draw', 'sheets'] as const
const THREADS = {
  'read-worker': join(ROOT, 'server/src/registers/imports/read.worker.ts'),
  'draw-worker': join(ROOT, 'server/src/draws/work/draw.worker.ts'),
}

/** A script that was bundled. */
export interface Script {
  start(...args: readonly string[]): Child
  remove(): void
}

/** What a process has said so far, line by line, and its end. */
export interface Child {
  readonly pid: number
  readonly lines: readonly string[]
  /** The first line that begins so, said or still to be said; an Error with all it said where it ends without. */
  line(beginning: string): Promise<string>
  /** Kills it with SIGKILL; resolves when it is gone and all it said is in `lines`. */
  kill(): Promise<void>
  readonly ended: Promise<void>
}

/** Bundles a script of this folder's neighbours, with the sources of the server in it, and the server's threads beside it. */
export function bundleScript(path: string): Script {
  const folder = join(ROOT, 'var', `child-${process.pid}-${Date.now()}`)
  buildSync({
    entryPoints: { child: path, ...THREADS },
    outdir: folder,
    bundle: true,
    packages: 'external',
    // Our own packages are sources: they come along.
    alias: Object.fromEntries(OWN.map((name) => [`@sunlot/${name}`, join(ROOT, name, 'src/index.ts')])),
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  })
  return {
    start: (...args) => watched(spawn(process.execPath, [join(folder, 'child.js'), ...args], { cwd: ROOT })),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

function watched(child: ChildProcess): Child {
  const lines: string[] = []
  const waiting = new Set<() => void>()
  const hear = (line: string): void => {
    lines.push(line)
    for (const look of waiting) look()
  }
  createInterface({ input: child.stdout! }).on('line', hear)
  createInterface({ input: child.stderr! }).on('line', (line) => hear(`stderr: ${line}`))
  let over = false
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => {
      over = true
      for (const look of waiting) look()
      resolve()
    })
  })
  const line = (beginning: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = lines.find((said) => said.startsWith(beginning))
        if (found === undefined && !over) return
        waiting.delete(look)
        if (found === undefined) reject(new Error(`ended without "${beginning}":\n${lines.join('\n')}`))
        else resolve(found)
      }
      waiting.add(look)
      look()
    })
  const kill = (): Promise<void> => {
    child.kill('SIGKILL')
    return ended
  }
  return { pid: child.pid!, lines, line, kill, ended }
}
