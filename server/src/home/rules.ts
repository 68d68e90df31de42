import type { Waiting } from '../platform/waiting.ts'

/** The order of 待办: by the legal clock, what has none after what has one, and then the longest waiting first. */
export function byClock(a: Waiting, b: Waiting): number {
  if (a.due && b.due && a.due.on !== b.due.on) return a.due.on < b.due.on ? -1 : 1
  if (Boolean(a.due) !== Boolean(b.due)) return a.due ? -1 : 1
  return a.since < b.since ? -1 : a.since > b.since ? 1 : 0
}
