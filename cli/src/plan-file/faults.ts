// What is wrong with a plan file: each fault names its line and what to do; all of them are told at once.

import { CommandError, type Params } from '../errors.ts'

/** Where a value stands in the plan file. */
export interface Place {
  readonly path: string
  /** From 1. */
  readonly line: number
}

/** One fault; `code` is a key under `plan` of the words. */
export interface PlanFault extends Place {
  readonly code: string
  readonly params: Params
}

/** Faults found while reading one value. */
export class PlanFaults extends Error {
  readonly faults: readonly PlanFault[]

  constructor(faults: readonly PlanFault[]) {
    super(faults.map((f) => `line ${f.line} ${f.path}: ${f.code}`).join('\n'))
    this.faults = faults
  }
}

/** One fault, to be thrown. */
export function fault(place: Place, code: string, params: Params = {}): PlanFaults {
  return new PlanFaults([{ path: place.path, line: place.line, code, params }])
}

/** Runs readers one after the other, keeping the faults of all. */
export class FaultCollector {
  readonly #faults: PlanFault[] = []

  /** The result, or nothing where it failed with faults. */
  try<T>(work: () => T): T | undefined {
    try {
      return work()
    } catch (error) {
      if (!(error instanceof PlanFaults)) throw error
      this.#faults.push(...error.faults)
      return undefined
    }
  }

  add(place: Place, code: string, params: Params = {}): void {
    this.#faults.push({ path: place.path, line: place.line, code, params })
  }

  /** Throws what was kept, if anything. */
  throwIfAny(): void {
    if (this.#faults.length > 0) throw new PlanFaults(this.#faults)
  }
}

/** The faults of a file as the error that stops the command. */
export function planError(file: string, faults: PlanFaults): CommandError {
  const details = faults.faults
    .toSorted((a, b) => a.line - b.line)
    .map((f) => ({ code: `plan.${f.code}`, params: { ...f.params, line: f.line, path: f.path } }))
  return new CommandError('plan_faults', { file, count: details.length }, { details })
}
