// Groups of subjects of a fictional county, for rules.

import type { Group } from '../../src/tasks/scope/profiles.rules.ts'

/** A group of active, untouched subjects, otherwise as given. */
export function group(given: Partial<Group> = {}): Group {
  return {
    division: '990101',
    industry: 'H6110',
    entityType: 'enterprise',
    kind: 'LEGAL_PERSON',
    class: 'B',
    tags: [],
    pools: [],
    licences: [],
    subjects: 100,
    active: true,
    own: false,
    upper: false,
    visits: 0,
    ownVisits: 0,
    named: false,
    ...given,
  }
}

/** An item that applies to everybody, otherwise as given. */
export function item(id: string, appliesTo: Partial<Record<string, readonly string[]>> = {}) {
  return {
    id,
    appliesTo: {
      industries: [],
      entityTypes: [],
      kinds: [],
      licenceKinds: [],
      pools: [],
      tags: [],
      ...appliesTo,
    },
  }
}

/** Pseudo-random numbers in [0, 1) that are the same in each run. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
