// The table of a draw's states: what follows from it, whichever way is gone through it.

import { expect, it } from 'vitest'
import { DRAW_STEPS, whyNotStep } from '../../src/draws/draws/steps.rules.ts'
import { isNotClosed, isWithheld, whyNotOpen, whyNotWhileSealed } from '../../src/draws/draws/draws.rules.ts'
import { DRAW_COMMANDS, DRAW_STATES, type DrawState } from '../../src/draws/shapes.ts'
import { randomFrom } from '../tasks/scope-kit.ts'

/** How far a draw is; nothing leads back but a close that was not logged yet. */
const ORDER: Readonly<Record<DrawState, number>> = {
  freezing: 0,
  frozen: 1,
  committed: 2,
  closing: 2,
  closed: 3,
  drawing: 4,
  certified: 5,
  void: 9,
  discarded: 9,
}
const NEVER_COMMITTED: readonly DrawState[] = ['freezing', 'frozen']

it('goes forwards only, ends once, and gives nothing up in silence after it was committed', () => {
  const random = randomFrom(20_261_122)
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)]!
  const faults: string[] = []
  const demand = (holds: boolean, what: string) => void (holds || faults.push(what))
  for (let k = 0; k < 10_000; k++) {
    let state: DrawState = 'freezing'
    for (let step = 0; step < 20; step++) {
      const command = pick(DRAW_COMMANDS)
      const next: DrawState | undefined = DRAW_STEPS[state][command]
      const what = `${state} > ${command} > ${next}`
      demand((whyNotStep(state, command) === undefined) === (next !== undefined), what)
      if (!next) continue
      demand(ORDER[next] >= ORDER[state], what)
      if (next === 'discarded') demand(NEVER_COMMITTED.includes(state), what)
      if (next === 'void') demand(ORDER[state] >= 2 && ORDER[state] <= 3, what)
      if (next === 'certified') demand(state === 'drawing' || state === 'certified', what)
      state = next
    }
  }
  expect(faults).toEqual([])
})

it('has no way out of an end, and no command that draws twice', () => {
  for (const end of ['void', 'discarded'] as const) expect(DRAW_STEPS[end]).toEqual({})
  const drawn = DRAW_STATES.filter((state) => DRAW_STEPS[state].press !== undefined)
  expect(drawn).toEqual(['closed'])
  expect(DRAW_STATES.filter((state) => DRAW_STEPS[state].certify !== undefined)).toEqual(['drawing'])
})

it('says what the hour makes of it', () => {
  const at = (text: string) => new Date(`2026-11-22T${text}:00Z`)
  const draw = {
    state: 'committed',
    isSealed: true,
    openAt: at('12:00'),
    openedAt: null,
    closeBy: at('10:00'),
    certifyBy: at('11:00'),
    certificateHash: null,
  } as const
  expect(isNotClosed(draw, at('10:00'))).toBe(false)
  expect(isNotClosed(draw, at('10:01'))).toBe(true)
  expect(isNotClosed({ ...draw, state: 'closed' }, at('10:01'))).toBe(false)
  expect(isWithheld({ ...draw, state: 'drawing' }, at('11:00'))).toBe(false)
  expect(isWithheld({ ...draw, state: 'drawing' }, at('11:01'))).toBe(true)
  expect(isWithheld({ ...draw, state: 'void' }, at('11:01'))).toBe(false)
  expect(whyNotOpen(draw, at('11:59'))?.code).toBe('draw.sealed_before_open')
  expect(whyNotOpen(draw, at('12:00'))).toBeUndefined()
  expect(whyNotOpen({ ...draw, openedAt: at('12:00') }, at('12:01'))?.code).toBe('draw.opened_already')
  expect(whyNotWhileSealed(draw)?.code).toBe('draw.sealed_before_open')
  expect(whyNotWhileSealed({ ...draw, isSealed: false, openAt: null })).toBeUndefined()
})
