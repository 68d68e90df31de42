// What every edit asks for: that nobody came first.

import { Refused } from './refusal.ts'

/** Throws Refused (412) where a record is no longer of the version that the edit was made from. */
export function demandVersion(current: number, given: number): void {
  if (current !== given) throw new Refused({ code: 'stale_version', params: { current, given } }, 412)
}
