// A draw in place of a void one: the same subjects, strata, caps and seal. And who is skipped comes again.

import { describe, expect, it } from 'vitest'
import { whyNotSkip } from '../../src/draws/events/requests.rules.ts'
import { type Sameness, whyNotBeginAnew, whyNotSupersede } from '../../src/draws/freeze/superseding.rules.ts'

const prepared: Sameness = {
  sealed: false,
  design: {
    kind: 'ratio',
    min: 1,
    ratios: [{ stratum: 'A', num: 5, den: 100 }],
  } as unknown as Sameness['design'],
  strata: [{ code: 'A', rows: 40, n: 2 }],
  demands: [{ code: 'n01', authorities: [{ authority: 'd01', members: 2, classes: ['c1'] }] }],
  max_skips: 2,
  matching: {
    mode: 'teams',
    cap: 20,
    mix: 20,
    tau: { num: 1, den: 4 },
    min_members: 2,
    min_per_authority: 1,
    max_conflicts: { num: 1, den: 4 },
    teams: { count: 3, members: [{ authority: 'd01', members: 2, classes: ['c1'] }] },
  },
  lists: [{ name: 'population.tsv', rows: 40, root: 'a'.repeat(64), hash: 'b'.repeat(64) }],
}
const before = { name: 'd01-2026-1-1', prepared }

describe('a draw in place of a void one', () => {
  it('is begun with its seal and its caps, or without a word about them', () => {
    expect(whyNotBeginAnew(before, { sealed: undefined, maxConflicts: undefined })).toBeUndefined()
    expect(whyNotBeginAnew(before, { sealed: false, maxConflicts: { num: 2, den: 8 } })).toBeUndefined()
    expect(whyNotBeginAnew(before, { sealed: true, maxConflicts: undefined })).toMatchObject({
      code: 'draw.supersedes_sealing',
      params: { draw: 'd01-2026-1-1' },
      law: 'draws.traced',
    })
    expect(whyNotBeginAnew(before, { sealed: undefined, maxConflicts: { num: 1, den: 2 } })).toMatchObject({
      code: 'draw.supersedes_caps',
      params: { most: '1/4' },
    })
  })

  it('is the same draw once more, whoever fell ill meanwhile', () => {
    const others: Sameness = {
      ...prepared,
      demands: [{ code: 'n01', authorities: [{ authority: 'd01', members: 2, classes: ['c2'] }] }],
      lists: [...prepared.lists, { name: 'inspectors.tsv', rows: 9, root: 'c'.repeat(64) }],
    }
    expect(whyNotSupersede(before, others)).toBeUndefined()
  })

  const lists = [{ name: 'population.tsv', rows: 40, root: 'a'.repeat(64), hash: 'd'.repeat(64) }]
  const ratios = [{ stratum: 'A', num: 10, den: 100 }]
  const teams = { count: 4, members: [] }
  it.each<[string, Partial<Record<keyof Sameness, unknown>>]>([
    ['sealed', { sealed: true }],
    ['population', { lists }],
    ['design', { design: { ...prepared.design, ratios } }],
    ['strata', { strata: [{ code: 'A', rows: 40, n: 4 }] }],
    ['demands', { demands: [{ code: 'n01', authorities: [] }] }],
    ['max_skips', { max_skips: 3 }],
    ['matching', { matching: { ...prepared.matching, cap: 30 } }],
    ['matching', { matching: { ...prepared.matching, max_conflicts: { num: 1, den: 1 } } }],
    ['teams', { matching: { ...prepared.matching, teams } }],
  ])('differs in nothing that decides: %s', (field, more) => {
    const now = { ...prepared, ...more } as Sameness
    expect(whyNotSupersede(before, now)).toMatchObject({
      code: 'draw.supersedes_other',
      params: { draw: 'd01-2026-1-1', field },
      law: 'draws.traced',
    })
  })
})

describe('a subject is skipped', () => {
  const drawn = {
    isCurrent: true,
    hasOpenSubstitute: false,
    skips: 0,
    maxSkips: 2,
    isCoverage: false,
    hasDrawToCome: true,
  }

  it('where it comes again with certainty, or is there no more', () => {
    for (const reason of ['deregistered', 'ceased', 'not_found_twice', 'force_majeure'])
      expect(whyNotSkip(reason, drawn)).toBeUndefined()
    const last = { ...drawn, hasDrawToCome: false }
    for (const reason of ['not_found_twice', 'force_majeure'])
      expect(whyNotSkip(reason, last)).toEqual({ code: 'drawRequest.no_next_draw' })
    for (const reason of ['deregistered', 'ceased']) expect(whyNotSkip(reason, last)).toBeUndefined()
  })
})
