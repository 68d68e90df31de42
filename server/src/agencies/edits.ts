// What every edit of this feature asks for.

import { Refused } from '../platform/refusal.ts'

/** Throws Refused (412) where a locked record is no longer of the version that the edit was made from. */
export function demandVersion(current: number, given: number): void {
  if (current !== given) throw new Refused({ code: 'stale_version', params: { current, given } }, 412)
}

/** A pattern of `like` for texts that contain what is sought; none of it is a wildcard. */
export function containing(sought: string): string {
  return `%${sought.normalize('NFC').replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
}

/** A reference by id and name; nothing where there is no id. */
export function named(
  id: string | null,
  name: string | null,
): { readonly id: string; readonly name: string } | null {
  return id === null || name === null ? null : { id, name }
}
