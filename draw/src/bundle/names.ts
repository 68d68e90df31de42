// Which files a bundle has in each state, and which lists a commitment names (spec 2.6, 9).

import { L2_LISTS } from '../lists/form.ts'
import type { Commitment } from '../manifest/commitment.ts'

export const PLAN = 'plan.json'
export const COMMIT = 'commit.json'
export const CLOSE = 'close.json'
export const CERTIFICATE = 'certificate.json'
export const PROOFS = 'proofs.json'
export const SIGNATURES = 'signatures.json'
export const PEOPLE = 'people.json'

/** The number of an event as its file has it. */
export function eventName(n: number): string {
  return `events/${String(n).padStart(4, '0')}.json`
}

/** The name of a substitute's values file. */
export function eventValuesName(n: number): string {
  return `events/${String(n).padStart(4, '0')}.values.json`
}

/** The numbers of the events (and of values without an event) among `names`, ascending. */
export function eventNumbers(names: readonly string[]): number[] {
  const files = names.filter((name) => /^events\/[0-9]{4}(\.values)?\.json$/.test(name))
  return [...new Set(files.map((name) => Number(name.slice(7, 11))))].toSorted((a, b) => a - b)
}

/** Whether a list is for the oversight authority alone. */
export function isL2(name: string): boolean {
  return (L2_LISTS as readonly string[]).includes(name)
}

/** The lists that a commitment of this matching mode names, ascending. */
export function committedLists(c: Pick<Commitment, 'matching' | 'demands'>): string[] {
  const names = ['exclusions.tsv', 'population.tsv', 'rejected.tsv']
  if (c.matching.mode !== 'none') {
    names.push('inspectors.tsv', ...L2_LISTS)
    if (c.demands.some((d) => !d.strata)) names.push('demands.tsv')
  }
  return names.toSorted()
}

/** The lists that a certificate names, ascending. */
export function resultLists(c: Pick<Commitment, 'matching' | 'design' | 'pools'>): string[] {
  const names = [c.design.kind === 'coverage' ? 'batches.tsv' : 'selection.tsv']
  if (c.matching.mode === 'teams') names.push('teams.tsv', 'assignment.tsv', 'unassigned.tsv')
  if (c.matching.mode === 'subjects')
    names.push('unassigned.tsv', ...c.pools.map((p) => `assignment-${p.authority}.tsv`))
  return names.toSorted()
}

/** Whether a list is named by a salted root: always at L2, and every list of a sealed draw. */
export function isSalted(c: Pick<Commitment, 'sealed'>, name: string): boolean {
  return c.sealed || isL2(name)
}
