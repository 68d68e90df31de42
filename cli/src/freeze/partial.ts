// Completed steps of a freeze, kept beside the output so that an interrupted commit need not begin again.

import { createHash } from 'node:crypto'
import { link, copyFile, mkdir, open, readFile, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { CommandError } from '../errors.ts'
import type { PlanFile } from '../plan-file/index.ts'

/** The folder beside the output in which steps are kept. */
const PARTIAL = '.sunlot-partial'

// To be raised when what a step leaves behind changes its form.
const FORM = 'freeze 1'
const EDGE_BYTES = 1 << 20

/** What the steps depend on: the plan's bytes, and of each file its size, time, first and last MiB. 16 hex. */
export async function fingerprintOf(plan: PlanFile): Promise<string> {
  const hash = createHash('sha256').update(FORM).update('\n').update(plan.bytes)
  for (const path of inputFiles(plan)) hash.update(`\n${path}\n${await fileMark(path)}`)
  return hash.digest('hex').slice(0, 16)
}

function inputFiles({ register, exclusions }: PlanFile): string[] {
  const tables = [register.table, ...(exclusions.list ? [exclusions.list.table] : [])]
  const codes = [
    ...register.stratum.map((s) => (s.kind === 'column' ? s.codes : undefined)),
    register.demand?.codes,
  ]
  for (const table of codes) if (table?.kind === 'file') tables.push(table.table)
  return tables.map((table) => table.file)
}

// A missing file is told by the step that reads it, with its place in the plan.
async function fileMark(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined)
  if (!found?.isFile()) return 'none'
  const handle = await open(path, 'r')
  try {
    const buffer = Buffer.alloc(EDGE_BYTES)
    const hash = createHash('sha256')
    for (const at of [0, Math.max(0, found.size - EDGE_BYTES)]) {
      const { bytesRead } = await handle.read(buffer, 0, EDGE_BYTES, at)
      hash.update(buffer.subarray(0, bytesRead))
    }
    return `${found.size} ${found.mtimeMs} ${hash.digest('hex')}`
  } finally {
    await handle.close()
  }
}

/** The kept steps of one fingerprint, held by this process alone until `release`. */
export class Partial {
  readonly folder: string
  readonly #lock: string

  private constructor(folder: string) {
    this.folder = folder
    this.#lock = `${folder}.lock`
  }

  /** Opens the kept steps beside `outDir`. Throws CommandError `partial_busy` where a living process holds them. */
  static async open(outDir: string, fingerprint: string): Promise<Partial> {
    const folder = join(dirname(outDir), PARTIAL, fingerprint)
    await mkdir(folder, { recursive: true })
    const partial = new Partial(folder)
    await partial.#hold()
    return partial
  }

  /** What a completed step left, where it did. */
  async kept<T>(step: string): Promise<T | undefined> {
    const text = await readFile(join(this.folder, `${step}.json`), 'utf8').catch(() => undefined)
    return text === undefined ? undefined : (JSON.parse(text) as T)
  }

  /** An empty folder for a step that begins anew. */
  async emptyFolder(step: string): Promise<string> {
    const folder = join(this.folder, step)
    await rm(join(this.folder, `${step}.json`), { force: true })
    await rm(folder, { recursive: true, force: true })
    await mkdir(folder)
    return folder
  }

  /** Notes that a step is complete: written aside, then renamed, so that there is never half a note. */
  async keep(step: string, state: unknown): Promise<void> {
    const path = join(this.folder, `${step}.json`)
    await writeFile(`${path}.tmp`, JSON.stringify(state), { flush: true })
    await rename(`${path}.tmp`, path)
  }

  /** Removes what a step left. */
  async forget(step: string): Promise<void> {
    await rm(join(this.folder, `${step}.json`), { force: true })
    await rm(join(this.folder, step), { recursive: true, force: true })
  }

  async release(): Promise<void> {
    await rm(this.#lock, { force: true })
  }

  async #hold(): Promise<void> {
    for (let attempt = 0; attempt < 2; attempt++) {
      try {
        return await writeFile(this.#lock, String(process.pid), { flag: 'wx' })
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      }
      const pid = Number(await readFile(this.#lock, 'utf8').catch(() => ''))
      if (isAlive(pid)) throw new CommandError('partial_busy', { pid, folder: this.folder })
      await rm(this.#lock, { force: true })
    }
  }
}

/** Whether a process of this number runs. */
function isAlive(pid: number): boolean {
  if (!(pid > 0)) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Removes the kept steps of a plan, once its bundle stands. */
export async function discardPartial(plan: PlanFile, outDir: string): Promise<void> {
  const parent = join(dirname(outDir), PARTIAL)
  await rm(join(parent, await fingerprintOf(plan)), { recursive: true, force: true })
  // Left alone where other plans have steps there.
  await rmdir(parent).catch(() => undefined)
}

/** Puts a kept file into the output: the same file where the disk can, else a copy. */
export async function handOver(from: string, to: string): Promise<void> {
  await rm(to, { force: true })
  await link(from, to).catch(() => copyFile(from, to))
}
