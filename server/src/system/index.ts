// 运行: what this installation is, how it fares, its jobs.

export { systemRoutes } from './routes.ts'
