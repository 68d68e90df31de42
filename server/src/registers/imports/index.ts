// 名录导入: the door.

export { type Columns, columnsByTitle } from './fields.rules.ts'
export { importKinds } from './jobs.ts'
export { importsMoving, importsSince } from './moving.store.ts'
export type { ImportParts, ImportTools } from './parts.ts'
export { pushRoutes } from './push.routes.ts'
export { IMPORT_FREE_ACTIONS, importRoutes } from './routes.ts'
export { importContribution } from './waiting.ts'

/** Which refusal a violated constraint of these tables is. */
export const IMPORT_CONSTRAINTS = {
  import_division_code_fkey: 'import.no_such_division',
} as const
