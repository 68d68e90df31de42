// Who may enter for an inspector who leaves: read from the protocol once more and compared over random places.

import { describe, expect, it } from 'vitest'
import { PeopleRoster } from '../src/events/roster.ts'
import { candidatesFor, type Vacancy } from '../src/events/substitute.ts'
import type { Demand } from '../src/manifest/commitment.ts'
import type { Person } from '../src/people/register.ts'
import { below } from './matching-cases.ts'

const FOOD: Demand = {
  code: 'food',
  authorities: [
    { authority: 'd01', members: 1, classes: ['food'] },
    { authority: 'd02', members: 1, classes: [] },
  ],
}

function people(seed: number): Person[] {
  const pick = below(seed)
  return ['d01', 'd02'].flatMap((authority) =>
    Array.from({ length: 8 }, (_, k) => ({
      alias: `${authority}-${k}`,
      authority,
      classes: pick(2) === 0 ? ['food'] : [],
      conflicts: ['s1', 's2', 's3'].filter(() => pick(5) === 0),
    })),
  )
}

function vacancy(seed: number, mode: Vacancy['mode']): Vacancy {
  const place = mode === 'teams' ? 't0001' : 's1'
  const roster = new PeopleRoster([
    { id: place, inspectors: ['d01-0', 'd02-0'] },
    { id: mode === 'teams' ? 't0002' : 's2', inspectors: ['d01-1', 'd02-1'] },
  ])
  const ids = mode === 'teams' ? ['s1', 's2'] : ['s1']
  return {
    leaver: 'd01-0',
    mode,
    place,
    roster,
    people: people(seed),
    held: ids.map((id) => ({ id, demand: FOOD })),
  }
}

describe('the candidates for a place', () => {
  it('in a team: same authority, in no team, no conflict, and the team may still serve all that it holds', () => {
    let some = 0
    for (let seed = 0; seed < 200; seed++) {
      const v = vacancy(seed, 'teams')
      const expected = v.people.filter(
        (p) =>
          p.authority === 'd01' &&
          !['d01-0', 'd01-1'].includes(p.alias) &&
          !p.conflicts.includes('s1') &&
          !p.conflicts.includes('s2') &&
          p.classes.includes('food'),
      )
      expect(candidatesFor(v)).toEqual(expected.map((p) => p.alias))
      some += expected.length
    }
    expect(some).toBeGreaterThan(200)
  })

  it('at a subject: not assigned to it, though perhaps elsewhere', () => {
    const found = new Set<string>()
    for (let seed = 0; seed < 200; seed++)
      for (const alias of candidatesFor(vacancy(seed, 'subjects'))) found.add(alias)
    expect(found.has('d01-1')).toBe(true)
    expect(found.has('d01-0')).toBe(false)
    expect([...found].every((alias) => alias.startsWith('d01'))).toBe(true)
  })

  it('never somebody who left before', () => {
    const v = vacancy(3, 'teams')
    const [first = ''] = candidatesFor(v)
    expect(first).not.toBe('')
    v.roster.replace('t0001', 'd01-0', first)
    v.roster.replace('t0001', first, 'd01-0')
    expect(candidatesFor(v)).not.toContain(first)
  })
})
