// The register of inspectors, as the door of the registers passes it on.

import type { Route } from '../../platform/http/route.ts'
import { declarationRoutes } from './declarations.routes.ts'
import { expertRoutes } from './experts.routes.ts'
import { exportRoutes } from './export.routes.ts'
import { inspectorRoutes as registerRoutes } from './inspectors.routes.ts'
import { leaveRoutes } from './leaves.routes.ts'
import type { InspectorParts } from './parts.ts'
import { revealRoutes } from './reveals.routes.ts'

export { checkOf as idCardCheckOf } from './id-card.rules.ts'
export { type Conflict, conflictsOf } from './conflicts.ts'
export {
  type InspectorImport,
  type InspectorOutcome,
  type ReadInspector,
  readInspectorRow,
  revertInspectors,
  upsertInspectors,
} from './inspectors.import.ts'
export { type InspectorFacts, whyNotDraw } from './inspectors.rules.ts'
export { endInspectorOfPerson, renameInspector } from './reactions.ts'
export { inspectorContribution } from './waiting.ts'

/** Every operation of this part. */
export function inspectorRoutes(parts: InspectorParts): readonly Route[] {
  return [
    ...registerRoutes(parts),
    ...exportRoutes(parts),
    ...revealRoutes(parts),
    ...leaveRoutes(),
    ...declarationRoutes(parts),
    ...expertRoutes(parts),
  ]
}

/** Which refusal a violated constraint of these tables is. */
export const INSPECTOR_CONSTRAINTS = {
  inspector_person: 'inspector.registered_already',
  inspector_id_card: 'inspector.id_card_taken',
  inspector_warrant: 'inspector.warrant_taken',
  technical_expert_once: 'expert.registered_already',
  // A text may be longer or shorter in its normal form than as it was sent.
  inspector_warrant_number_check: 'text_length',
  inspector_warrant_authority_check: 'text_length',
  inspector_state_reason_check: 'text_length',
  inspector_leave_reason_check: 'text_length',
  declaration_withdrawal_reason_check: 'text_length',
  technical_expert_name_check: 'text_length',
  technical_expert_organisation_check: 'text_length',
  technical_expert_qualification_check: 'text_length',
} as const
