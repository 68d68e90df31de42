// Where and when the law is asked for a task: in the division of its lead, on its first day.

import type { Law, Place } from '../law/index.ts'

/** The law of a division on a day; an unknown division is under the nation's alone. */
export function placeIn(law: Law, division: string, on: string): Place {
  return { division: law.divisions.has(division) ? division : 'cn', on }
}
