// Which subjects an inspection item corresponds to (REQ-OBJ-6).

import type { Reader } from '../../platform/database/database.ts'
import { type Reach, within } from '../../platform/reach.ts'
import type { AppliesTo } from './terms.rules.ts'

/** What an item applies to. */
export async function appliesTo(
  reader: Reader,
  reach: Reach,
  itemId: string,
): Promise<AppliesTo | undefined> {
  const item = await reader
    .selectFrom('registers.inspection_item as i')
    .select('i.applies_to as appliesTo')
    .where('i.id', '=', itemId)
    .where(within(reach, { authority: 'i.authority_id', division: 'i.division_code' }))
    .executeTakeFirst()
  return item?.appliesTo as AppliesTo | undefined
}
