// 名录导入: the door.

export { importKinds } from './jobs.ts'
export type { ImportParts, ImportTools } from './parts.ts'
export { pushRoutes } from './push.routes.ts'
export { IMPORT_FREE_ACTIONS, importRoutes } from './routes.ts'
