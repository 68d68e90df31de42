// The subjects of a task, one after the other: each goes into exactly one of the lists, by the rules that it was counted by.

import { createHash } from 'node:crypto'
import { canonical, isIdCardNumber } from '@sunlot/draw'
import type { Judged } from '../../tasks/index.ts'
import { CARRIED } from './frame.rules.ts'
import { ListFile } from './lists.ts'

/** What decides about subjects, and what is watched for while they pass. */
export interface Passing {
  readonly folder: string
  readonly drawName: string
  /** Unix seconds of the snapshot: what exclusions were judged on. */
  readonly on: number
  readonly judge: (profile: string) => Judged
  /** The code of each demand, by its place; nothing where demands follow from strata. */
  readonly demandCodes: readonly string[] | undefined
  readonly carried: ReadonlySet<string>
  readonly byName: ReadonlyMap<string, { readonly reason: string; readonly evidence: string }>
  /** Codes that somebody has declared a conflict with. */
  readonly declared: ReadonlySet<string>
  /** Said after each batch, with the subjects so far. */
  readonly tell?: (subjects: number) => Promise<void>
}

/** What passed. */
export interface Passed {
  readonly population: number
  readonly excluded: ReadonlyMap<string, number>
  readonly strata: ReadonlyMap<string, number>
  /** By the place of the demand. */
  readonly demands: ReadonlyMap<number, number>
  /** `stratum TAB facet TAB value` → subjects of the population. */
  readonly groups: ReadonlyMap<string, number>
  /** Of the declared codes those in the population. */
  readonly declared: ReadonlySet<string>
  /** The codes in the stratum of those who were skipped before. */
  readonly carried: readonly string[]
  /** Codes that are numbers of persons; they are in no list. */
  readonly idCards: number
}

/** Writes population.tsv, exclusions.tsv and, where demands follow from items, demands.tsv. Codes come in ascending. */
export async function passSubjects(
  batches: AsyncIterable<readonly { readonly code: string; readonly profile: string }[]>,
  passing: Passing,
): Promise<Passed> {
  const pass = new Pass(passing)
  for await (const rows of batches) {
    for (const { code, profile } of rows) pass.take(code, profile)
    await passing.tell?.(pass.seen)
  }
  return pass.end()
}

type Verdict = Judged & { readonly lines: readonly (readonly [facet: string, value: string])[] }

class Pass {
  seen = 0
  readonly #passing: Passing
  readonly #population: ListFile
  readonly #exclusions: ListFile
  readonly #demands: ListFile | undefined
  readonly #verdicts = new Map<string, Verdict>()
  readonly #excluded = new Map<string, number>()
  readonly #strata = new Map<string, number>()
  readonly #demanded = new Map<number, number>()
  readonly #groups = new Map<string, number>()
  readonly #declared = new Set<string>()
  readonly #carried: string[] = []
  #idCards = 0

  constructor(passing: Passing) {
    this.#passing = passing
    this.#population = new ListFile(passing.folder, 'population.tsv')
    this.#exclusions = new ListFile(passing.folder, 'exclusions.tsv')
    this.#demands = passing.demandCodes && new ListFile(passing.folder, 'demands.tsv')
  }

  take(code: string, profile: string): void {
    this.seen++
    if (isIdCardNumber(code)) {
      this.#idCards++
      return
    }
    const verdict = this.#verdictOf(profile)
    const isCarried = verdict.group.active && verdict.demand !== undefined && this.#passing.carried.has(code)
    if (verdict.excluded !== undefined && !isCarried) return this.#leaveOut(code, verdict.excluded)
    this.#letIn(code, isCarried ? CARRIED : (verdict.stratum ?? CARRIED), verdict)
  }

  end(): Passed {
    for (const list of [this.#population, this.#exclusions, this.#demands]) list?.close()
    return {
      population: this.#population.rows,
      excluded: this.#excluded,
      strata: this.#strata,
      demands: this.#demanded,
      groups: this.#groups,
      declared: this.#declared,
      carried: this.#carried,
      idCards: this.#idCards,
    }
  }

  #letIn(code: string, stratum: string, { demand = 0, lines }: Verdict): void {
    this.#population.add(code, stratum, '1')
    this.#demands?.add(code, this.#passing.demandCodes?.[demand] ?? '')
    add(this.#strata, stratum)
    if (stratum === CARRIED) this.#carried.push(code)
    add(this.#demanded, demand)
    for (const [facet, value] of lines) add(this.#groups, `${stratum}\t${facet}\t${value}`)
    if (this.#passing.declared.has(code)) this.#declared.add(code)
  }

  #leaveOut(id: string, excluded: string): void {
    const { byName, drawName: draw, on } = this.#passing
    const reason = excluded.toLowerCase()
    const named = excluded === 'BY_NAME' ? byName.get(id) : undefined
    const said = named && { said: sha256(`${named.reason}\n${named.evidence}`) }
    this.#exclusions.add(id, reason, sha256(canonical({ draw, id, reason, on, ...said })))
    add(this.#excluded, excluded)
  }

  #verdictOf(profile: string): Verdict {
    const known = this.#verdicts.get(profile)
    if (known) return known
    const judged = this.#passing.judge(profile)
    const { division, industry, entityType } = judged.group
    const lines = [
      ['division', division],
      ['industry', industry.slice(0, 1) || '0'],
      ['entityType', entityType || '0'],
    ] as const
    const verdict = { ...judged, lines }
    if (this.#verdicts.size < MOST_VERDICTS) this.#verdicts.set(profile, verdict)
    return verdict
  }
}

// More kinds of subjects than a task may be counted of; beyond them each is judged again.
const MOST_VERDICTS = 200_000

function add<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
