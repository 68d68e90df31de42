// 监督统计: so far the audit trail.

export { supervisionRoutes } from './routes.ts'
