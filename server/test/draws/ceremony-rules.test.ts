import { firstValueTime, type FreshSource } from '@sunlot/draw'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  escrowOf,
  needsCountersignature,
  whyNotBeginClose,
  whyNotClose,
  whyNotEscrowed,
  whyNotReopen,
} from '../../src/draws/ceremony/closing.rules.ts'
import {
  asRoomCode,
  observerMark,
  roomCodeOf,
  type StepFacts,
  stepOf,
  whyFull,
  whyNotJoin,
  whyNotPutOut,
  whyNotSign,
} from '../../src/draws/ceremony/room.rules.ts'
import {
  asCommitted,
  attemptOf,
  differences,
  shapeOf,
  type Typing,
  type ValueCase,
  valueStateOf,
  whyNotBeacon,
  whyNotOutsiders,
  whyNotText,
  whyNotType,
} from '../../src/draws/ceremony/values.rules.ts'
import {
  seenUntil,
  whyNotAnnounce,
  whyNotEventFresh,
  whyNotFresh,
} from '../../src/draws/draws/freshness.rules.ts'
import { FRESH_AFTER, freshSourceOf } from '../../src/draws/events/replacements.rules.ts'
import { whyNotVoid } from '../../src/draws/events/requests.rules.ts'

const BORN = 1_800_000_060
const NOW = new Date((BORN + 30) * 1000)
const DICE: FreshSource = {
  id: 'dice',
  kind: 'dice',
  faces: 10,
  count: 5,
  not_before: BORN,
  roller: 'visitor-1',
}
const LOTTERY: Extract<FreshSource, { kind: 'lottery' }> = {
  id: 'lottery',
  kind: 'lottery',
  game: 'ssq',
  issue: '2026135',
  groups: [
    { count: 2, low: 1, high: 33, ordered: false, repeat: false },
    { count: 1, low: 1, high: 16, ordered: false, repeat: false },
  ],
  not_before: BORN,
}

const typed = (attempt: number, personId: string, text: string): Typing => ({
  attempt,
  personId,
  personName: personId,
  authorityId: `authority of ${personId}`,
  text,
  at: NOW,
})
const caseOf = (typings: readonly Typing[], more: Partial<ValueCase> = {}): ValueCase => ({
  source: DICE,
  typings,
  stored: undefined,
  signed: [],
  ...more,
})
const by = (personId: string) => ({ personId, authorityId: `authority of ${personId}` })

describe('a value that two people type', () => {
  it('waits until it may exist', () => {
    const early = new Date((BORN - 1) * 1000)
    expect(valueStateOf(caseOf([]), early)).toBe('waiting')
    expect(whyNotType(caseOf([]), by('a'), early)?.code).toBe('value.early')
    expect(whyNotType(caseOf([]), by('a'), new Date(BORN * 1000))).toBeUndefined()
  })

  it('is typed when the second one reads the same', () => {
    const once = caseOf([typed(1, 'a', '01234')])
    expect(valueStateOf(once, NOW)).toBe('typedOnce')
    const twice = caseOf([...once.typings, typed(1, 'b', '01234')])
    expect(valueStateOf(twice, NOW)).toBe('typed')
    expect(whyNotType(twice, by('c'), NOW)?.code).toBe('value.settled')
  })

  it('needs two people, and of two authorities', () => {
    const once = caseOf([typed(1, 'a', '01234')])
    expect(whyNotType(once, by('a'), NOW)?.code).toBe('value.typed_before')
    expect(whyNotType(once, { personId: 'b', authorityId: 'authority of a' }, NOW)?.code).toBe(
      'value.same_authority',
    )
    expect(whyNotType(once, by('b'), NOW)).toBeUndefined()
  })

  it('is typed again by both where they differ, and what they read stays to be seen', () => {
    const differed = caseOf([typed(1, 'a', '01234'), typed(1, 'b', '01235')])
    expect(valueStateOf(differed, NOW)).toBe('differed')
    expect(attemptOf(differed.typings)).toBe(2)
    for (const who of ['a', 'b']) expect(whyNotType(differed, by(who), NOW)).toBeUndefined()
    const again = caseOf([...differed.typings, typed(2, 'b', '01234'), typed(2, 'a', '01234')])
    expect(valueStateOf(again, NOW)).toBe('typed')
    expect(differences(again.typings).map((each) => each.map(({ text }) => text))).toEqual([
      ['01234', '01235'],
    ])
  })

  it.each([
    [DICE, '01234', true],
    [DICE, '0123', false],
    [DICE, '0123.', false],
    [LOTTERY, '3.9./7./', true],
    [LOTTERY, '9.3./7./', false],
    [LOTTERY, '3.9./17./', false],
  ] as const)('has the form of its source: %o %s', (source, text, fits) =>
    expect(whyNotText(source, text) === undefined).toBe(fits),
  )

  it('stands ascending where the order of a lottery says nothing, and as read where it does', () => {
    expect(asCommitted(LOTTERY, '9.3./7./')).toBe('3.9./7./')
    expect(asCommitted(LOTTERY, '09.10./07./')).toBe('9.10./7./')
    const ordered = { ...LOTTERY, groups: LOTTERY.groups.map((group) => ({ ...group, ordered: true })) }
    expect(asCommitted(ordered, '9.3./7./')).toBe('9.3./7./')
    expect(asCommitted(LOTTERY, '9.3')).toBe('9.3')
    expect(asCommitted(DICE, '98765')).toBe('98765')
  })

  it('says what it looks like', () => {
    expect(shapeOf(DICE)).toBe('dice:10x5')
    expect(shapeOf(LOTTERY)).toBe('lottery:ssq:2026135:2x1-33,1x1-16')
  })
})

describe('outsiders', () => {
  const came = { role: 'MEDIA', joinedAt: new Date((BORN - 90) * 1000) }
  const two = [
    { mark: 'w001', publicKey: 'a'.repeat(64), ...came },
    { mark: 'w002', publicKey: 'b'.repeat(64), ...came },
  ]
  const ready = caseOf([typed(1, 'a', '01234'), typed(1, 'b', '01234')])
  const why = (more: object = {}, of = ready) =>
    whyNotOutsiders(of, { outsiders: two, since: undefined, insiders: [], at: BORN, now: NOW, ...more })?.code

  it('are two, each with a key of his own', () => {
    expect(why()).toBeUndefined()
    expect(why({ outsiders: [two[0], two[0]] })).toBe('value.two_outsiders')
    expect(why({ outsiders: [two[0], { ...two[1], publicKey: two[0]!.publicKey }] })).toBe(
      'value.two_outsiders',
    )
  })

  it('are neither signers nor those who handle it', () => {
    expect(why({ insiders: [{ by: 'd01', key: two[1]!.publicKey }] })).toBe('value.outsider_inside')
    expect(why({ insiders: [{ by: 'w002', key: '' }] })).toBe('value.outsider_inside')
  })

  it('say what they are, and were there before contributions stopped', () => {
    expect(why({ outsiders: [two[0], { ...two[1], role: 'OTHER' }] })).toBe('value.outsider_role')
    const since = new Date((BORN - 80) * 1000)
    expect(why({ since })).toBeUndefined()
    const late = { ...two[1], joinedAt: new Date((BORN - 70) * 1000) }
    expect(why({ since, outsiders: [two[0], late] })).toBe('value.outsider_late')
    expect(why({ outsiders: [two[0], late] })).toBeUndefined()
  })

  it('are asked when two have typed the same, for a time between the earliest and now', () => {
    expect(why({}, caseOf([typed(1, 'a', '01234')]))).toBe('value.not_typed')
    expect(why({ at: BORN - 1 })).toBe('value.early')
    expect(why({ at: BORN + 31 })).toBe('value.in_future')
  })

  it('may be named anew until both have signed', () => {
    const stored = {
      value: '01234',
      round: null,
      signature: null,
      at: NOW,
      by: ['w001', 'w002'],
      recordHash: 'c'.repeat(64),
      settledAt: null,
    }
    expect(why({}, { ...ready, stored })).toBeUndefined()
    expect(why({}, { ...ready, stored: { ...stored, settledAt: NOW } })).toBe('value.settled')
  })
})

describe('a beacon', () => {
  const path = new URL('../../../draw/vectors/drand.json', import.meta.url)
  const { beacons } = JSON.parse(readFileSync(path, 'utf8')) as {
    beacons: readonly { chain: string; round: number; signature: string; randomness: string }[]
  }
  const [first, second] = beacons.filter(({ chain }) => chain === 'quicknet')
  const source: FreshSource = { id: 'beacon', kind: 'drand', round: first!.round }

  it('holds by its signature alone, for its round alone', () => {
    const of = { source, typings: [], stored: undefined, signed: [] }
    const given = whyNotBeacon(of, first!.signature, NOW)
    expect('value' in given && given.value.value).toBe(first!.randomness)
    const other = whyNotBeacon(of, second!.signature, NOW)
    expect('refusal' in other && other.refusal.code).toBe('value.other_round')
    const early = whyNotBeacon(of, first!.signature, new Date(0))
    expect('refusal' in early && early.refusal.code).toBe('value.early')
  })
})

describe('a close', () => {
  const draw = {
    state: 'closing',
    closeBy: new Date(BORN * 1000),
    closingById: 'clerk',
    committedById: 'head',
    preflightAt: NOW,
    failure: null,
  } as const
  const now = new Date((BORN - 1) * 1000)
  const why = (more: object = {}, of: object = {}) =>
    whyNotClose({ ...draw, ...of }, { by: 'overseer', isUnsigned: false, quorum: 0, now, ...more })?.code

  it('is signed by somebody who neither stopped the contributions nor committed', () => {
    expect(why()).toBeUndefined()
    expect(why({ by: 'clerk' })).toBe('draw.own_close')
    expect(why({ by: 'head' })).toBe('draw.own_close')
  })

  it('waits for preflight, and for the countersignature where one is needed', () => {
    expect(why({}, { preflightAt: null })).toBe('draw.preflight_open')
    expect(why({}, { failure: { code: 'draw.preflight_failed', params: { count: 2 } } })).toBe(
      'draw.preflight_failed',
    )
    expect(why({ isUnsigned: true })).toBe('draw.commit_unsigned')
    expect(why({ now: new Date((BORN + 1) * 1000) })).toBe('draw.close_late')
  })

  it('is not signed any more where no witness could see it in time', () => {
    const at = (seconds: number) => ({ quorum: 2, now: new Date((BORN - seconds) * 1000) })
    expect(why(at(15))).toBeUndefined()
    expect(why(at(14))).toBe('draw.close_unseen')
    expect(whyNotBeginClose({ ...draw, state: 'committed' }, at(14))?.code).toBe('draw.close_unseen')
    expect(whyNotReopen(draw, at(14))?.code).toBe('draw.close_unseen')
    expect(why({ ...at(14), quorum: 0 })).toBeUndefined()
  })

  it('that no quorum had seen by its time ends the draw, as the verifier would never say yes to it', () => {
    const commit = { close_by: BORN - 60, sources: [DICE] }
    expect(seenUntil(commit)).toBe(BORN - 60)
    expect(seenUntil({ ...commit, close_by: BORN - 5 })).toBe(BORN - 11)
    const at = (isSeen: boolean, second: number) =>
      whyNotFresh(commit, { isSeen, now: new Date(second * 1000) })?.code
    expect(at(false, BORN - 61)).toBeUndefined()
    expect(at(false, BORN - 59)).toBe('draw.not_fresh')
    expect(at(true, BORN)).toBeUndefined()
    const ending = { state: 'closed', closeBy: new Date((BORN - 60) * 1000) } as const
    const absent = { lastValueAt: undefined, now: NOW }
    expect(whyNotVoid('beacon_absent', ending, absent)?.code).toBe('drawRequest.no_value_missing')
  })

  it('that is too late of a substitute lets nobody enter, and no source is named that its witnesses might see too late', () => {
    const source = freshSourceOf('dice', { at: BORN - 60 })
    const at = (isSeen: boolean, second: number) =>
      whyNotEventFresh(source, { isSeen, now: new Date(second * 1000) })?.code
    expect(at(false, BORN - 11)).toBeUndefined()
    expect(at(false, BORN - 10)).toBe('replacement.not_fresh')
    expect(at(true, BORN + 60)).toBeUndefined()
    const named = (second: number) => whyNotAnnounce(source, new Date(second * 1000))?.code
    expect(named(BORN - 26)).toBeUndefined()
    expect(named(BORN - 25)).toBe('replacement.source_near')
    for (const after of FRESH_AFTER) {
      const beacon = freshSourceOf('drand', { at: BORN, after })
      expect(firstValueTime([beacon])).toBeGreaterThanOrEqual(BORN + after)
      // The protocol's limit of a substitute's beacon.
      expect(firstValueTime([beacon])).toBeLessThanOrEqual(BORN + 600)
    }
  })

  it.each([
    [1, 4, false],
    [1, 2, true],
    [26, 100, true],
  ])('needs one above a quarter of conflicts: %i/%i', (num, den, needed) =>
    expect(needsCountersignature({ matching: { mode: 'teams', max_conflicts: { num, den } } as never })).toBe(
      needed,
    ),
  )

  it('has each secret held by the other, and every one opens', () => {
    const server = (id: string, holder: string) => ({ id, kind: 'server', holder, secret: 'f'.repeat(64) })
    const commit = {
      alg: 'sha256',
      sources: [server('authority', 'd01'), server('oversight', 'd02')],
    } as never
    expect(escrowOf(commit, 5)).toEqual([
      { id: 'authority', holder: 'd02', at: 5 },
      { id: 'oversight', holder: 'd01', at: 5 },
    ])
    expect(whyNotEscrowed(commit, [{ id: 'authority', value: '0' }])?.code).toBe('draw.secret_lost')
  })
})

describe('a room', () => {
  it('has a code without letters that are taken for others', () => {
    expect(roomCodeOf((below) => below - 1)).toBe('ZZZZZZ')
    expect(roomCodeOf(() => 0)).toMatch(/^[2-9A-HJKMNP-Z]{6}$/)
    expect(asRoomCode(' abc234 ')).toBe('ABC234')
    expect(observerMark(7)).toBe('w007')
  })

  it('takes 200 devices, by the code of now, from nobody who is signed in', () => {
    const why = (more: object) => whyNotJoin({ isSignedIn: false, isFormerCode: false, ...more })?.code
    expect(why({})).toBeUndefined()
    expect(whyFull({ here: 199, ever: 199 })).toBeUndefined()
    expect(whyFull({ here: 0, ever: 200 })).toBeUndefined()
    expect(whyFull({ here: 200, ever: 200 })?.code).toBe('room.full')
    expect(whyFull({ here: 9, ever: 999 })?.code).toBe('room.full')
    expect(why({ isFormerCode: true })).toBe('room.code_ended')
    expect(why({ isSignedIn: true })).toBe('room.signed_in')
  })

  it('puts out, before contributions stop, a device that has added nothing', () => {
    const silent = { number: 3, contributed: null }
    expect(whyNotPutOut('committed', silent)).toBeUndefined()
    expect(whyNotPutOut('closing', silent)?.code).toBe('draw.not_in_this_state')
    expect(whyNotPutOut('committed', { number: 3, contributed: 2 })?.code).toBe('room.has_contributed')
  })

  it('lets each sign what is his, and the certificate', () => {
    const known = { state: 'certified', receipt: 'r', records: ['s'], certificate: 'c' } as const
    expect(whyNotSign({ tag: 'contrib', hash: 'r' }, known)).toBeUndefined()
    expect(whyNotSign({ tag: 'contrib', hash: 's' }, known)).toBeUndefined()
    expect(whyNotSign({ tag: 'cert', hash: 'c' }, known)).toBeUndefined()
    expect(whyNotSign({ tag: 'contrib', hash: 'c' }, known)?.code).toBe('room.not_yours')
    expect(whyNotSign({ tag: 'contrib', hash: 'r' }, { ...known, state: 'void' })?.code).toBe('room.over')
    expect(whyNotSign({ tag: 'contrib', hash: 'x' }, { ...known, receipt: undefined })?.code).toBe(
      'room.not_yours',
    )
  })

  const facts: StepFacts = {
    state: 'committed',
    certifiedAt: null,
    endedAt: null,
    isWitnessed: false,
    observers: 0,
    isSettled: false,
    hasInspectors: true,
  }
  it.each([
    [{}, 1],
    [{ isWitnessed: true }, 2],
    [{ observers: 1 }, 2],
    [{ state: 'closing' }, 2],
    [{ state: 'closed' }, 3],
    [{ state: 'closed', isSettled: true }, 4],
    [{ state: 'drawing' }, 4],
    [{ state: 'certified', certifiedAt: NOW }, 5],
    [{ state: 'certified', certifiedAt: new Date(NOW.getTime() - 61_000) }, 6],
    [{ state: 'certified', certifiedAt: new Date(NOW.getTime() - 61_000), hasInspectors: false }, 7],
    [{ state: 'certified', certifiedAt: new Date(NOW.getTime() - 130_000) }, 7],
  ] as const)('shows for %o the screen %i', (more, step) =>
    expect(stepOf({ ...facts, ...more }, NOW)).toBe(step),
  )
})
