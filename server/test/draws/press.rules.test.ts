// Who presses for what (D-10).

import { describe, expect, it } from 'vitest'
import {
  missingPresses,
  type PressCase,
  type Pressed,
  pressesOf,
  whyNotPress,
} from '../../src/draws/drawing/press.rules.ts'
import type { DrawFigures } from '../../src/draws/shapes.ts'

const pool = (id: string) => ({ code: id, id, name: id, rows: 9, draw: 3, notAble: 0 })
const figures = { pools: [pool('lead'), pool('fire'), pool('health')] } as unknown as DrawFigures
const draw = (organiser: string | null) => ({
  organiser,
  leadAuthorityId: 'lead',
  figures,
  state: 'closed' as const,
})
const at = new Date('2026-11-10T02:00:00Z')
const later = (minutes: number) => new Date(at.getTime() + minutes * 60_000)
const objects: Pressed = { stage: 'objects', authorityId: 'lead', instead: false, at }
const asked = (over: Partial<PressCase>): PressCase => ({
  draw: draw('EACH_PARTICIPANT'),
  pressed: [],
  stale: undefined,
  openSource: undefined,
  press: { stage: 'objects', authorityId: 'lead' },
  instead: false,
  by: { authorityId: 'lead', name: '林晓', inPool: false },
  now: at,
  ...over,
})
const fire = { stage: 'inspectors', authorityId: 'fire' } as const

describe('presses', () => {
  it.each(['LEAD_UNIFIED', 'LEAD_DRAWS_BOTH', null])('%s: the lead presses once for all', (organiser) => {
    expect(pressesOf(draw(organiser))).toEqual([{ stage: 'objects', authorityId: 'lead' }])
  })

  it.each(['EACH_PARTICIPANT', 'EACH_AUTHORITY'])(
    '%s: each other authority with a pool presses for itself',
    (organiser) => {
      expect(pressesOf(draw(organiser))).toEqual([
        { stage: 'objects', authorityId: 'lead' },
        fire,
        { stage: 'inspectors', authorityId: 'health' },
      ])
      expect(missingPresses(draw(organiser), [objects, { ...fire, instead: false, at }])).toEqual([
        { stage: 'inspectors', authorityId: 'health' },
      ])
    },
  )

  it('is made by the authority itself, once, after every value is known', () => {
    expect(whyNotPress(asked({}))).toBeUndefined()
    expect(whyNotPress(asked({ pressed: [objects] }))?.code).toBe('draw.pressed_already')
    expect(whyNotPress(asked({ openSource: 'dice' }))).toEqual({
      code: 'draw.values_open',
      params: { source: 'dice' },
    })
    const stale = { code: 'draw.not_fresh', params: { closeBy: '2026-11-10T01:00:00.000Z' } }
    expect(whyNotPress(asked({ stale, openSource: 'dice' }))).toEqual(stale)
    expect(whyNotPress(asked({ press: fire }))?.code).toBe('draw.press_not_yours')
    expect(whyNotPress(asked({ draw: draw('LEAD_UNIFIED'), press: fire }))?.code).toBe(
      'draw.press_not_needed',
    )
  })

  it('is made by nobody who could be drawn', () => {
    const by = { authorityId: 'lead', name: '林晓', inPool: true }
    expect(whyNotPress(asked({ by }))).toEqual({ code: 'draw.own_pool', params: { person: '林晓' } })
  })

  it('is made by the lead for a participant that has not come ten minutes after its own', () => {
    const instead = { press: fire, instead: true }
    expect(whyNotPress(asked(instead))?.code).toBe('draw.press_own_first')
    const waiting = asked({ ...instead, pressed: [objects], now: later(4) })
    expect(whyNotPress(waiting)).toEqual({ code: 'draw.press_wait', params: { minutes: 6 } })
    expect(whyNotPress({ ...waiting, now: later(10) })).toBeUndefined()
    const health = { authorityId: 'health', name: '何', inPool: false }
    expect(whyNotPress({ ...waiting, now: later(10), by: health })?.code).toBe('draw.press_not_yours')
  })
})
