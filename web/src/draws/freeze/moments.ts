// Days and times of day as the inputs have them: `2026-11-21T09:30`, in China's time.

import { serverNow } from '../../ui/server-time.ts'

const CHINA_MS = 8 * 3_600_000

/** So many minutes from now by the server, at a whole five minutes, as the input has it. */
export function minutesFromNow(minutes: number): string {
  const at = Math.ceil((serverNow() / 60_000 + minutes) / 5) * 5 * 60_000
  return new Date(at + CHINA_MS).toISOString().slice(0, 16)
}

/** The instant of what the input has. */
export function instantOf(moment: string): string {
  return new Date(`${moment}:00+08:00`).toISOString()
}
