// What follows from the law in each place, and that no value of it can change without one of these noticing.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isWeekend, dayNumber, addDays } from '../../src/law/days.ts'
import type { Law } from '../../src/law/rules.ts'
import { addWorkingDays } from '../../src/law/working-days.ts'
import { BEHAVIOURS } from './behaviours/index.ts'
import { LAW } from './law.ts'
import { mutationsOf } from './mutations.ts'

describe('the law', () => {
  it.each(BEHAVIOURS)('$name', ({ holds }) => expect(holds(LAW)).toBe(true))

  it('has a behaviour for each parameter that has a value, and for each code list', () => {
    const covered = new Set(BEHAVIOURS.map(({ about }) => about))
    const bare = [...LAW.entries].filter(([key, entries]) => entries.length > 0 && !covered.has(key))
    expect([
      ...bare.map(([key]) => key),
      ...[...LAW.codeLists.keys()].filter((id) => !covered.has(id)),
    ]).toEqual([])
  })
})

describe('a changed law', () => {
  const mutations = mutationsOf(LAW)

  it('is tried in many ways', () => expect(mutations.length).toBeGreaterThan(1000))

  it('is noticed, whichever value was changed', () => {
    const unnoticed = mutations.filter(({ about, law }) => isUnnoticed(about, law)).map(({ name }) => name)
    expect(unnoticed).toEqual([])
  })

  it('is noticed when a day of a calendar was changed', () => {
    const rows = readFileSync(join(import.meta.dirname, 'deadlines.tsv'), 'utf8')
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => line.split('\t') as [start: string, length: string, end: string])
    const unnoticed = [...LAW.calendars.years.values()]
      .flatMap(({ holidays, workdays }) => [...holidays, ...workdays])
      .filter((day) => {
        const named = new Map(LAW.calendars.named)
        named.set(dayNumber(day), !named.get(dayNumber(day)))
        const near = rows.filter(([start]) => start < day && start > addDays(day, -40))
        const counting = { startDayCounts: false, reachesBackTo: '12-25' }
        return near.every(([start, length, date]) => {
          const end = addWorkingDays({ ...LAW.calendars, named }, start, Number(length), counting)
          return end.kind === 'certain' ? end.date === date : date === 'provisional'
        })
      })
    // Before the first calendar nothing is counted.
    expect(unnoticed.filter((day) => day >= '2007-01-01')).toEqual([])
    expect(isWeekend(dayNumber('2006-12-31'))).toBe(true)
  })
})

/** Those about what was changed are asked first; the others only where they hold. */
function isUnnoticed(about: string, law: Law): boolean {
  const first = BEHAVIOURS.filter((behaviour) => behaviour.about === about)
  const others = BEHAVIOURS.filter((behaviour) => behaviour.about !== about)
  return [...first, ...others].every(({ holds }) => holds(law))
}
