// 待办, search, notifications: what a person sees first.

export { type NewNotification, notify } from './notifications.store.ts'
export { homeRoutes } from './routes.ts'
