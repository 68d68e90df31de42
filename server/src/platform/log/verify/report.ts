// What a verification of the log says: whether all holds, what was checked, and each fault with its place.

import type { FaultParams } from '../faults.ts'

/** What can be verified. */
export type VerifyKind = 'log' | 'consistency' | 'receipt' | 'state' | 'grants' | 'backup'

/** One thing that does not hold. `where`: a leaf, a row, a file; `code` has its sentence in `words/…/log.json`. */
export interface LogFault {
  readonly code: string
  readonly where: string
  readonly params: FaultParams
}

/** The outcome of one verification. `left_out`: faults past the first ones, only counted. */
export interface VerifyReport {
  readonly kind: VerifyKind
  readonly holds: boolean
  readonly checked: Readonly<Record<string, number>>
  readonly faults: readonly LogFault[]
  readonly left_out: number
}

const MOST_FAULTS = 2000

/** Collects what a verification finds. */
export class Findings {
  readonly #checked = new Map<string, number>()
  readonly #faults: LogFault[] = []
  #leftOut = 0

  /** Counts what was checked, by the name of the thing. */
  count(what: string, many = 1): void {
    this.#checked.set(what, (this.#checked.get(what) ?? 0) + many)
  }

  fault(code: string, where: string, params: FaultParams = {}): void {
    if (this.#faults.length < MOST_FAULTS) this.#faults.push({ code, where, params })
    else this.#leftOut++
  }

  report(kind: VerifyKind): VerifyReport {
    return {
      kind,
      holds: this.#faults.length === 0,
      checked: Object.fromEntries(this.#checked),
      faults: this.#faults,
      left_out: this.#leftOut,
    }
  }
}

/** For cron: 0 where all holds, 1 where something does not. */
export function exitCodeOf(report: VerifyReport): 0 | 1 {
  return report.holds ? 0 : 1
}

/** The sentences of one language: `words/<language>/log.json`. */
export interface LogWords {
  readonly holds: Readonly<Record<VerifyKind, string>>
  readonly fails: Readonly<Record<VerifyKind, string>>
  readonly checked: Readonly<Record<string, string>>
  readonly faults: Readonly<Record<string, string>>
  readonly left_out: string
}

/** The report as lines for a person: the verdict, what was checked, then each fault. */
export function linesOf(report: VerifyReport, words: LogWords): readonly string[] {
  const { kind, holds, checked, faults, left_out } = report
  const counts = Object.entries(checked).map(([what, many]) =>
    fill(words.checked[what] ?? what, { many: String(many) }),
  )
  return [
    fill(holds ? words.holds[kind] : words.fails[kind], { faults: String(faults.length + left_out) }),
    ...counts,
    ...faults.map(({ code, where, params }) => fill(words.faults[code] ?? code, { where, ...params })),
    ...(left_out > 0 ? [fill(words.left_out, { many: String(left_out) })] : []),
  ]
}

function fill(template: string, params: FaultParams): string {
  return template.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole))
}
