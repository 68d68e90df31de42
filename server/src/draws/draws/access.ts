// Where a draw is, for the one table of rights: of its parties, and of its division once it is committed.

import type { Place } from '../../platform/reach.ts'
import type { DrawFacts } from '../shapes.ts'

type Placed = Pick<
  DrawFacts,
  'partyIds' | 'divisionCode' | 'leadAuthorityId' | 'oversightAuthorityId' | 'commitHash'
>

/** Where whoever may see it finds it. */
export function placeOfDraw(row: Placed): Place {
  // What was frozen and not committed is its parties' alone.
  const open = row.commitHash === null ? {} : { divisionCode: row.divisionCode }
  return { authorityIds: row.partyIds, ...open }
}

/** Its lead's. */
export function leadOf(row: Placed): Place {
  return { authorityId: row.leadAuthorityId }
}

/** Its oversight's. */
export function oversightOf(row: Placed): Place {
  return { authorityId: row.oversightAuthorityId }
}
