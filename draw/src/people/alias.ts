// An inspector enters a draw under an alias; whoever holds the salt and the staff number can prove "that was me".

import { type Alg, tag } from '../hash.ts'

/** alias = first 48 hex of tag("alias", salt ‖ LF ‖ staff_no ‖ LF ‖ draw_id). `salt` is 32 hex, new for each person and draw. */
export function aliasOf(alg: Alg, salt: string, staffNo: string, drawId: string): string {
  return tag(alg, 'alias', `${salt}\n${staffNo}\n${drawId}`).slice(0, 48)
}
