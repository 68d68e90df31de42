import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withEntries } from '../../src/law/index.ts'
import { checkOf, maskedIdCard, sexIn, whyNotIdCard } from '../../src/registers/inspectors/id-card.rules.ts'
import { warrantStateOf } from '../../src/registers/inspectors/inspectors.rules.ts'
import { endedLeave, whyNotAddLeave } from '../../src/registers/inspectors/leaves.rules.ts'
import { type InspectorFacts, whyNotDraw } from '../../src/registers/index.ts'
import { LAW } from '../support/app.ts'
import { idCard } from './inspectors-kit.ts'

const TODAY = '2026-11-22'
const FACTS: InspectorFacts = {
  state: 'active',
  divisionCode: '990101',
  category: 'ENFORCEMENT_QUALIFIED',
  warrantNumber: 'QS-001',
  warrantFrom: '2024-01-01',
  warrantUntil: '2027-12-31',
  leaves: [],
}
const why = (facts: Partial<InspectorFacts>, onDay = TODAY) =>
  whyNotDraw({ ...FACTS, ...facts }, onDay, LAW)?.code

describe('an inspector', () => {
  it('is drawn with a warrant that is valid on the day, its first and last day included', () => {
    expect(why({})).toBeUndefined()
    expect(why({}, '2024-01-01')).toBeUndefined()
    expect(why({}, '2027-12-31')).toBeUndefined()
    expect(why({}, '2023-12-31')).toBe('inspector.warrant_not_yet')
    expect(why({}, '2028-01-01')).toBe('inspector.warrant_expired')
    expect(why({ warrantFrom: null })).toBeUndefined()
  })

  it('is never drawn without one, whatever he is in the register as, and the reason cites D-11', () => {
    for (const category of ['ENFORCEMENT_CIVIL_SERVANT', 'ENFORCEMENT_QUALIFIED', 'DAILY_SUPERVISION']) {
      const none = { ...FACTS, category, warrantNumber: null, warrantFrom: null, warrantUntil: null }
      expect(whyNotDraw(none, TODAY, LAW)).toEqual({
        code: 'inspector.no_warrant',
        law: 'draws.certificate_required',
      })
    }
    expect(why({ warrantUntil: null })).toBe('inspector.warrant_without_end')
  })

  it('is not drawn while he is away, suspended or gone', () => {
    const leaves = [{ from: '2026-11-20', until: '2026-11-25' }]
    expect(why({ leaves }, '2026-11-19')).toBeUndefined()
    for (const day of ['2026-11-20', '2026-11-25']) expect(why({ leaves }, day)).toBe('inspector.on_leave')
    expect(why({ leaves }, '2026-11-26')).toBeUndefined()
    expect(why({ state: 'suspended' })).toBe('inspector.suspended')
    expect(why({ state: 'left' })).toBe('inspector.left')
  })

  it('is not drawn in a category that the documents of the place do not name', () => {
    const entry = {
      key: 'registers.inspector_categories',
      division: '990101',
      value: ['ENFORCEMENT_QUALIFIED'],
      kind: 'binding',
      from: '2026-01-01',
      source: { document: '示例文件', phrase: '示例原文', confirmed: true },
    } as const
    const law = withEntries(LAW, [entry as never])
    expect(whyNotDraw({ ...FACTS, category: 'DAILY_SUPERVISION' }, TODAY, law)?.code).toBe(
      'inspector.category_not_admitted',
    )
    expect(whyNotDraw(FACTS, TODAY, law)).toBeUndefined()
    expect(whyNotDraw({ ...FACTS, category: '临时工' }, TODAY, law)).toEqual({
      code: 'inspector.category_unknown',
      params: { category: '临时工', known: '具有行政执法资格的工作人员' },
    })
    expect(why({ category: 'NOBODY_KNOWS' })).toBe('inspector.category_unknown')
  })
})

it('a warrant turns amber before it ends', () => {
  const days = { today: TODAY, soon: '2027-01-21' }
  const state = (warrantUntil: string | null) => warrantStateOf({ ...FACTS, warrantUntil }, days)
  expect([null, '2026-11-21', TODAY, '2027-01-21', '2027-01-22'].map(state)).toEqual([
    'none',
    'expired',
    'expiring',
    'expiring',
    'valid',
  ])
})

describe('an ID-card number', () => {
  it('is taken with its check character only', () => {
    // The specimen of GB 11643-1999 itself.
    expect(checkOf('11010519491231002')).toBe('X')
    expect(whyNotIdCard('11010519491231002X')).toBeUndefined()
    expect(whyNotIdCard('110105194912310021')?.code).toBe('id_card.check_character')
    expect(whyNotIdCard('110105491231002')?.code).toBe('id_card.of_fifteen_digits')
    expect(whyNotIdCard(idCard(1, '19900230'))?.code).toBe('id_card.no_such_day')
    expect(whyNotIdCard('99010119900101001x')?.code).toBe('id_card.malformed')
  })

  it('with one digit mistyped, or two neighbours exchanged, is never taken', () => {
    fc.assert(
      fc.property(fc.nat(998), fc.nat(16), fc.integer({ min: 1, max: 9 }), (sequence, at, shift) => {
        const good = idCard(sequence)
        expect(whyNotIdCard(good)).toBeUndefined()
        const digit = (Number(good[at]) + shift) % 10
        expect(whyNotIdCard(good.slice(0, at) + String(digit) + good.slice(at + 1))).toBeDefined()
        const next = at + 1
        if (next > 16 || good[at] === good[next]) return
        const swapped = `${good.slice(0, at)}${good[next]}${good[at]}${good.slice(next + 1)}`
        expect(whyNotIdCard(swapped)).toBeDefined()
      }),
    )
  })

  it('states the sex, and is masked but for seven of its places', () => {
    expect([sexIn(idCard(1)), sexIn(idCard(2))]).toEqual(['male', 'female'])
    expect(maskedIdCard('99010119900101001X')).toBe('990***********001X')
  })
})

describe('a leave', () => {
  const kept = { from: '2026-11-10', until: '2026-11-12', isWithdrawn: false }

  it('does not overlap with another that was not withdrawn', () => {
    expect(whyNotAddLeave({ from: '2026-11-12', until: '2026-11-15' }, [kept])?.code).toBe('leave.overlaps')
    expect(whyNotAddLeave({ from: '2026-11-13', until: '2026-11-15' }, [kept])).toBeUndefined()
    expect(
      whyNotAddLeave({ from: '2026-11-12', until: '2026-11-15' }, [{ ...kept, isWithdrawn: true }]),
    ).toBeUndefined()
    expect(whyNotAddLeave({ from: '2026-11-12', until: '2026-11-11' }, [])?.code).toBe('leave.turned_round')
  })

  it('ends the day before somebody is back, or never began', () => {
    expect(endedLeave(kept, '2026-11-11')).toEqual({ until: '2026-11-10' })
    expect(endedLeave(kept, '2026-11-10')).toBe('withdrawn')
    expect(endedLeave(kept, '2026-11-01')).toBe('withdrawn')
  })
})
