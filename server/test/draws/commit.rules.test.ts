// Whether a draw can be committed, and by which sources and times; who oversees it, and whether its list must be public.

import { describe, expect, it } from 'vitest'
import { leastNotice, whyNotCommit, whyNotTimes } from '../../src/draws/freeze/commit.rules.ts'
import { whyTooLate } from '../../src/draws/draws/freshness.rules.ts'
import { error, warning } from '../../src/draws/freeze/findings.rules.ts'
import { mustBePublic, oversightFor } from '../../src/draws/freeze/freeze.rules.ts'
import { firstSource, lastValueTime, sourcesOf } from '../../src/draws/freeze/sources.rules.ts'
import type { FreezeFinding } from '../../src/draws/shapes.ts'
import { LAW } from '../support/app.ts'

const NOW = new Date('2026-11-23T01:00:00Z')
const frozen = (more: object = {}) => ({
  state: 'frozen' as const,
  frozenById: 'clerk',
  findings: [warning('short_subjects', '')] as readonly FreezeFinding[],
  snapshotAt: new Date('2026-11-22T02:00:00Z'),
  isSealed: false,
  ...more,
})
const by = { personId: 'head', pooled: undefined, now: NOW }

describe('a draw is committed', () => {
  it('by another than froze it, over lists of the last day that need no mending', () => {
    expect(whyNotCommit(frozen(), by)).toBeUndefined()
    expect(whyNotCommit(frozen(), { ...by, personId: 'clerk' })).toEqual({ code: 'draw.own_freeze' })
    const findings = [warning('x', ''), error('quota_zero', '')]
    expect(whyNotCommit(frozen({ findings }), by)?.params).toEqual({ finding: 'quota_zero' })
    const snapshotAt = new Date('2026-11-22T00:59:59Z')
    expect(whyNotCommit(frozen({ snapshotAt }), by)?.code).toBe('draw.stale_snapshot')
    expect(whyNotCommit(frozen(), { ...by, pooled: '孙示例' })?.code).toBe('draw.own_pool')
    expect(whyNotCommit(frozen({ state: 'committed' }), by)?.code).toBe('draw.not_in_this_state')
  })

  it('with notice, and with values that cannot exist before all is closed', () => {
    const at = 1_795_000_000
    const closeBy = at + 600
    const sources = sourcesOf([{ kind: 'dice', faces: 10, count: 25 }], { closeBy, secrets: [] })
    const times = { at, closeBy, openAt: undefined, sources }
    const real = { isSealed: false, isSimulated: false, quorum: 0 }
    expect(whyNotTimes(times, real)).toBeUndefined()
    expect(whyNotTimes({ ...times, closeBy: closeBy - 1 }, real)?.code).toBe('draw.close_too_soon')
    const training = { ...real, isSimulated: true }
    expect(whyNotTimes({ ...times, at: closeBy - 5 }, training)).toBeUndefined()
    // Where witnesses must see the close, there is a moment in which it can still be closed.
    const seen = { ...training, quorum: 2 }
    expect(whyNotTimes({ ...times, at: closeBy - 15 }, seen)?.code).toBe('draw.close_too_soon')
    const least = closeBy - leastNotice(seen)
    expect(whyNotTimes({ ...times, at: least }, seen)).toBeUndefined()
    const lateBy = { closeBy: new Date(closeBy * 1000) }
    expect(whyTooLate(lateBy, { quorum: 2, now: new Date((least + 1) * 1000) })).toBeUndefined()
    const early = [{ kind: 'dice', faces: 10, count: 25, notBefore: closeBy + 10 }] as const
    const tooEarly = { ...times, sources: sourcesOf(early, { closeBy, secrets: [] }) }
    expect(whyNotTimes(tooEarly, real)).toMatchObject({
      code: 'draw.value_too_early',
      params: { source: 'dice' },
    })
    expect(whyNotTimes(times, { ...real, isSealed: true })?.code).toBe('draw.open_needed')
    expect(whyNotTimes({ ...times, openAt: closeBy }, real)?.code).toBe('draw.open_not_here')
    expect(whyNotTimes({ ...times, openAt: closeBy - 1 }, { ...real, isSealed: true })?.code).toBe(
      'draw.open_before_close',
    )
    expect(whyNotTimes({ ...times, sources: sources.slice(0, 1) }, real)?.code).toBe(
      'draw.source_too_few_outcomes',
    )
  })

  it('with enough outcomes beside a lottery, whose issue may be an old one', () => {
    const at = 1_795_000_000
    const closeBy = at + 600
    const lottery = { kind: 'lottery', issue: '2026135', notBefore: closeBy + 86_400 } as const
    const three = [
      { ...lottery, game: 'ssq' },
      { ...lottery, game: 'ssq', issue: '2026136' },
      { ...lottery, game: 'dlt' },
    ] as const
    const why = (chosen: Parameters<typeof sourcesOf>[0]) =>
      whyNotTimes(
        { at, closeBy, openAt: undefined, sources: sourcesOf(chosen, { closeBy, secrets: [] }) },
        { isSealed: false, isSimulated: false, quorum: 2 },
      )?.code
    expect(why(three)).toBe('draw.source_too_few_outcomes')
    expect(why([...three, { kind: 'dice', faces: 10, count: 20 }])).toBeUndefined()
    expect(why([...three, { kind: 'dice', faces: 10, count: 19 }])).toBe('draw.source_too_few_outcomes')
  })
})

describe('the sources of a commitment', () => {
  it('begin with the close, then the secrets, then what was chosen, each under a name of its own', () => {
    const secrets = [
      { id: 'authority', holder: 'd01', tag: '1'.repeat(64) },
      { id: 'oversight', holder: 'd90', tag: '2'.repeat(64) },
    ]
    const dice = { kind: 'dice', faces: 6, count: 10 } as const
    const lottery = { kind: 'lottery', game: 'ssq', issue: '2026135', notBefore: 5000 } as const
    const found = sourcesOf([dice, dice, lottery, { kind: 'drand' }], { closeBy: 1_795_000_000, secrets })
    expect(found.map(({ id }) => id)).toEqual([
      'close',
      'authority',
      'oversight',
      'dice',
      'dice2',
      'lottery',
      'drand',
    ])
    expect(firstSource(found)).toEqual({ id: 'lottery', at: 5000 })
    expect(lastValueTime(found)).toBeGreaterThanOrEqual(1_795_000_060)
  })
})

describe('a draw is overseen', () => {
  const conference = { oversightId: 'justice', officeId: 'market' }
  it('by whom the conference names, else its office, else the superior; never by its lead', () => {
    expect(oversightFor('market', { conference, superiorIds: [] })).toBe('justice')
    expect(oversightFor('justice', { conference, superiorIds: [] })).toBe('market')
    const alone = { ...conference, oversightId: null }
    expect(oversightFor('market', { conference: alone, superiorIds: ['city'] })).toBe('city')
    expect(oversightFor('market', { conference: undefined, superiorIds: [] })).toBeUndefined()
  })

  it('and its list is public where the law or the task says so', () => {
    const place = { division: 'cn', on: '2026-11-23' }
    expect(mustBePublic({ law: LAW, place, drawnListPublished: true })).toBe(true)
  })
})
