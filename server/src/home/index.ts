// 待办, search, notifications: what a person sees first.

export { type NewNotification, notify } from './notifications.store.ts'
export { homeRoutes } from './routes.ts'

/** Which refusal a violated constraint of this feature's tables is. */
export const HOME_CONSTRAINTS = {
  saved_view_name: 'savedView.name_taken',
  // A text may be longer in its normal form than as it was sent.
  saved_view_name_check: 'text_length',
} as const
