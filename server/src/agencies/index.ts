// 机构: divisions, authorities, their units and people, the roles that people hold, the joint conference.

import type { Route } from '../platform/http/route.ts'
import { authorityRoutes } from './authorities.routes.ts'
import { conferenceRoutes } from './conferences.routes.ts'
import { divisionRoutes } from './divisions.routes.ts'
import { grantRoutes } from './grants.routes.ts'
import { importRoutes } from './imports/routes.ts'
import type { AgenciesParts } from './parts.ts'
import { personRoutes } from './people.routes.ts'
import { unitRoutes } from './units.routes.ts'

export { holdersOf } from './administrators.store.ts'
export { type AuthorityRow, findAuthority, holdAuthority } from './authorities.store.ts'
export { type ConferenceOf, conferenceOf, superiorsOf } from './conference-of.store.ts'
export { loadDivisions } from './divisions.load.ts'
export type { DivisionRow } from './divisions.store.ts'
export { isMobile, isName, tidy, tidyMobile } from './imports/texts.rules.ts'
export { maskedMobile } from './people.rules.ts'
export { insertPerson } from './people.store.ts'
export { seenIn } from './seen.ts'
export { agencyContribution } from './waiting.ts'

/** Every operation of this feature. */
export function agencyRoutes(parts: AgenciesParts): readonly Route[] {
  return [
    ...divisionRoutes(),
    ...authorityRoutes(),
    ...unitRoutes(),
    ...personRoutes(parts),
    ...grantRoutes(parts),
    ...conferenceRoutes(),
    ...importRoutes(parts),
  ]
}

/** Which refusal a violated constraint of this feature's tables is: what two people did at the same moment. */
export const AGENCY_CONSTRAINTS = {
  authority_name: 'authority.name_taken',
  unit_name: 'unit.name_taken',
  person_staff_number: 'person.staff_number_taken',
  one_administrator: 'grant.second_administrator',
  role_once: 'grant.held_already',
  conference_division_code_key: 'conference.one_per_division',
  conference_member_once: 'conference.member_already',
  leading_group_member_once: 'conference.twice_in_group',
  one_head: 'conference.two_heads',
  // A text may be longer or shorter in its normal form than as it was sent.
  authority_name_check: 'text_length',
  authority_short_name_check: 'text_length',
  unit_name_check: 'text_length',
  person_name_check: 'text_length',
  person_staff_number_check: 'text_length',
  person_post_check: 'text_length',
  conference_name_check: 'text_length',
} as const
