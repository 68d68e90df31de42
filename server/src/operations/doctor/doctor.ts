// Looks at everything that can be wrong with an installation before it goes wrong.

import type { Settings } from '../../platform/settings.ts'
import { type Language, sentence } from '../words.ts'
import { checkDatabase } from './database-checks.ts'
import type { Finding } from './finding.ts'
import { checkMachine } from './machine-checks.ts'

/** What was found. `sound`: no fault; there may be warnings. */
export interface Diagnosis {
  readonly sound: boolean
  readonly findings: readonly Finding[]
}

/** Looks, and changes nothing but what opening the embedded database changes. */
export async function diagnose(settings: Settings, now: Date, language: Language): Promise<Diagnosis> {
  const findings = [...(await checkMachine(settings, now)), ...(await checkDatabase(settings, now, language))]
  return { sound: findings.every(({ state }) => state !== 'fault'), findings }
}

const MARKS = { ok: '✓', warning: '!', fault: '✗', skipped: '·' } as const

/** A diagnosis as lines to read. */
export function linesOfDiagnosis(
  { findings }: Diagnosis,
  folder: string,
  language: Language,
): readonly string[] {
  const say = (code: string, params = {}): string => sentence(`doctor.${code}`, params, language)
  const count = (state: Finding['state']): number => findings.filter((one) => one.state === state).length
  const [faults, warnings] = [count('fault'), count('warning')]
  return [
    say('title', { folder }),
    ...findings.map(({ id, state, params }) => `${MARKS[state]} ${say(`${id}.${state}`, params)}`),
    '',
    ...(faults + warnings === 0 ? [say('sound')] : []),
    ...(faults > 0 ? [say('faults', { count: faults })] : []),
    ...(warnings > 0 ? [say('warnings', { count: warnings })] : []),
  ]
}
