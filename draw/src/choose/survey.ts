// One pass over the population: its file hash, its tree, the register's tree, its strata, and who may have been drawn.

import { utf8 } from '../bytes.ts'
import type { Kernel, Refused, Running, ScanOptions, ScanResult, Tree } from '../kernel/index.ts'

/** What one reading of population.tsv tells. */
export interface PopulationSurvey {
  /** H of the file, 32 bytes. */
  readonly hash: Uint8Array
  /** The tree over its lines. */
  readonly tree: Tree
  /** The tree over the ids of population and exclusions together. */
  readonly register: Tree
  /** An id that is in both, where there is one. */
  readonly twice?: string
  readonly scan: Extract<ScanResult, { ok: true }>
}

/** What to look for. `exclusionIds` ascending by bytes. */
export interface SurveyWanted extends ScanOptions {
  readonly exclusionIds: readonly string[]
}

/** Surveys the population, or gives the first line that is not as it must be. */
export function surveyPopulation(
  kernel: Kernel,
  chunks: Iterable<Uint8Array>,
  wanted: SurveyWanted,
): PopulationSurvey | ({ readonly ok: false } & Refused) {
  const hash = kernel.hash()
  const tree = kernel.tree('line')
  const register = new RegisterTree(kernel.tree('id'), wanted.exclusionIds)
  const scan = kernel.scan(wanted)
  for (const chunk of chunks) {
    hash.update(chunk)
    tree.update(chunk)
    register.update(chunk)
    scan.update(chunk)
  }
  const scanned = scan.finish()
  if (!scanned.ok) return scanned
  const merged = register.finish()
  return {
    hash: hash.finish(),
    tree: tree.finish(),
    register: merged.tree,
    ...(merged.twice === undefined ? {} : { twice: merged.twice }),
    scan: scanned,
  }
}

const LF = 10
const TAB = 9

/** Feeds a tree with the population's lines and, each at its place, the ids of the exclusions. */
class RegisterTree {
  readonly #tree: Running<Tree>
  readonly #ids: readonly string[]
  #next = 0
  #rest: Uint8Array = new Uint8Array(0)
  #twice: string | undefined

  constructor(tree: Running<Tree>, ids: readonly string[]) {
    this.#tree = tree
    this.#ids = ids
  }

  update(chunk: Uint8Array): void {
    if (this.#next >= this.#ids.length) {
      if (this.#rest.length > 0) this.#tree.update(this.#rest)
      this.#rest = new Uint8Array(0)
      this.#tree.update(chunk)
      return
    }
    const end = chunk.lastIndexOf(LF) + 1
    const whole = joined(this.#rest, chunk.subarray(0, end))
    this.#rest = chunk.slice(end)
    this.#merge(whole)
  }

  finish(): { readonly tree: Tree; readonly twice: string | undefined } {
    if (this.#rest.length > 0) this.#merge(this.#rest)
    while (this.#next < this.#ids.length) this.#insert()
    return { tree: this.#tree.finish(), twice: this.#twice }
  }

  /** `lines` are whole lines, ascending. */
  #merge(lines: Uint8Array): void {
    let from = 0
    while (this.#next < this.#ids.length) {
      const id = this.#ids[this.#next] as string
      const at = lowerBound(lines, from, id)
      if (at === lines.length) break
      if (idAt(lines, at) === id) this.#twice ??= id
      this.#tree.update(lines.subarray(from, at))
      this.#insert()
      from = at
    }
    this.#tree.update(lines.subarray(from))
  }

  #insert(): void {
    this.#tree.update(utf8(`${this.#ids[this.#next++]}\n`))
  }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b
  const out = new Uint8Array(a.length + b.length)
  out.set(a)
  out.set(b, a.length)
  return out
}

/** The offset of the first line from `from` on whose id is not below `id`; the length where there is none. */
function lowerBound(lines: Uint8Array, from: number, id: string): number {
  let lo = from
  let hi = lines.length
  while (lo < hi) {
    const middle = lineStart(lines, lo, (lo + hi) >>> 1)
    if (idAt(lines, middle) < id) {
      const next = lines.indexOf(LF, middle)
      lo = next < 0 ? lines.length : next + 1
    } else hi = middle
  }
  return lo
}

function lineStart(lines: Uint8Array, from: number, at: number): number {
  let start = at
  while (start > from && lines[start - 1] !== LF) start--
  return start
}

function idAt(lines: Uint8Array, at: number): string {
  let text = ''
  for (let i = at; i < lines.length && lines[i] !== TAB && lines[i] !== LF; i++)
    text += String.fromCharCode(lines[i] as number)
  return text
}
