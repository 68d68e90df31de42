// A device whose clock is wrong counts and proposes by the server's time.

import { afterEach, expect, it, vi } from 'vitest'
import { instantOf, minutesFromNow } from '../src/draws/freeze/moments.ts'
import { noteServerTime, serverNow } from '../src/ui/server-time.ts'

afterEach(() => vi.useRealTimers())

it('goes on from what the server said, whatever the device says', () => {
  vi.useFakeTimers({ now: Date.parse('2026-11-22T01:00:00Z') })
  noteServerTime('2026-11-25T09:02:00Z')
  vi.advanceTimersByTime(60_000)
  expect(new Date(serverNow()).toISOString()).toBe('2026-11-25T09:03:00.000Z')
  expect(instantOf(minutesFromNow(30))).toBe('2026-11-25T09:35:00.000Z')
})
