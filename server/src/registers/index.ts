// 一单两库: the item catalogue, the register of subjects, the register of inspectors, and how all three are filled.

import type { Route } from '../platform/http/route.ts'
import type { JobKind } from '../platform/jobs/jobs.ts'
import {
  IMPORT_CONSTRAINTS,
  IMPORT_FREE_ACTIONS,
  importKinds,
  type ImportParts,
  importRoutes,
  type ImportTools,
  pushRoutes,
} from './imports/index.ts'
import { CATALOGUE_CONSTRAINTS, catalogueRoutes } from './catalogue/index.ts'
import { INSPECTOR_CONSTRAINTS, inspectorRoutes } from './inspectors/index.ts'
import { countingKind, SUBJECT_CONSTRAINTS, type SubjectParts, subjectRoutes } from './subjects/index.ts'

export {
  type Conflict,
  conflictsOf,
  endInspectorOfPerson,
  idCardCheckOf,
  type InspectorFacts,
  inspectorContribution,
  type InspectorImport,
  type InspectorOutcome,
  readInspectorRow,
  renameInspector,
  revertInspectors,
  upsertInspectors,
  whyNotDraw,
} from './inspectors/index.ts'

export {
  type Columns,
  columnsByTitle,
  importContribution,
  importsMoving,
  importsSince,
} from './imports/index.ts'

export {
  completed,
  countNightly,
  countSupervised,
  type CreditClass,
  ENTITY_TYPES_SHOWN,
  fitsItem,
  fitsScope,
  grainOf,
  inScope,
  isWithin,
  KINDS_SHOWN,
  MOST_PROFILES,
  type Profile,
  profileColumns,
  profileKeys,
  type ProfileNeeds,
  type Scope,
  subjectContribution,
  underAny,
} from './subjects/index.ts'

export {
  type AppliesTo,
  basesOf,
  basisText,
  catalogueContribution,
  type CitationFacts,
  Field,
  findItem,
  findItems,
  grouped,
  type ItemFacts,
  type ItemRow,
  readMethods,
  LEVELS,
  Methods,
  placeIn,
  whyNotUse,
  Words,
} from './catalogue/index.ts'

export { dueContribution } from './due.ts'
export { type OwnSubject, ownSubjectsOf } from './own-subjects.ts'

/** What this feature works with, also in the background. */
export type RegisterTools = ImportTools

/** What this feature is given. */
export type RegisterParts = ImportTools & ImportParts & SubjectParts

/** Every operation of this feature. */
export function registerRoutes(parts: RegisterParts): readonly Route[] {
  return [
    ...catalogueRoutes(parts),
    ...subjectRoutes(parts),
    ...inspectorRoutes(parts),
    ...importRoutes(parts),
    ...pushRoutes(parts),
  ]
}

/** What this feature does in the background. */
export function registerKinds(tools: RegisterTools): readonly JobKind[] {
  return [...importKinds(tools), countingKind(tools)]
}

/** Operations that make their own transactions. */
export const REGISTER_FREE_ACTIONS: readonly string[] = IMPORT_FREE_ACTIONS

/** Which refusal a violated constraint of this feature's tables is: what two people did at the same moment. */
export const REGISTER_CONSTRAINTS = {
  ...IMPORT_CONSTRAINTS,
  ...CATALOGUE_CONSTRAINTS,
  ...SUBJECT_CONSTRAINTS,
  ...INSPECTOR_CONSTRAINTS,
} as const
