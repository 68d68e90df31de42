// The register of subjects, as the door of the registers passes it on.

import type { Route } from '../../platform/http/route.ts'
import { changeRoutes } from './changes.routes.ts'
import { exportRoutes } from './export.routes.ts'
import { figureRoutes } from './figures.routes.ts'
import { industryRoutes } from './industries.routes.ts'
import { licenceRoutes } from './licences.routes.ts'
import type { SubjectParts } from './parts.ts'
import { premisesRoutes } from './premises.routes.ts'
import { subjectRoutes as registerRoutes } from './subjects.routes.ts'

export { countingKind, countNightly } from './figures.ts'
export type { SubjectParts } from './parts.ts'
export {
  completed,
  countSupervised,
  inScope,
  MOST_PROFILES,
  profileColumns,
  profileKeys,
  underAny,
} from './profiles.store.ts'
export {
  type CreditClass,
  fitsItem,
  fitsScope,
  grainOf,
  isWithin,
  type Profile,
  type ProfileNeeds,
  type Scope,
} from './scope.rules.ts'
export { subjectContribution } from './waiting.ts'
export { ENTITY_TYPES_SHOWN, KINDS_SHOWN } from './words.ts'

/** Every operation of this part. */
export function subjectRoutes(parts: SubjectParts): readonly Route[] {
  return [
    ...registerRoutes(parts),
    ...exportRoutes(parts),
    ...premisesRoutes(parts),
    ...licenceRoutes(parts),
    ...changeRoutes(parts),
    ...figureRoutes(parts),
    ...industryRoutes(parts),
  ]
}

/** Which refusal a violated constraint of these tables is. */
export const SUBJECT_CONSTRAINTS = {
  subject_identity_pkey: 'subject.code_taken_meanwhile',
  subject_id_card: 'subject.id_card_taken',
  licence_once: 'licence.registered_already',
  // A text may be longer or shorter in its normal form than as it was sent.
  subject_name_check: 'text_length',
  subject_registered_address_check: 'text_length',
  subject_business_scope_check: 'text_length',
  premises_address_check: 'text_length',
} as const
