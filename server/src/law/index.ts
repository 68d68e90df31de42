// The door of the law: what later features may use. All pure functions of the law, save the one that reads its folder.

export { LawBook } from './book.ts'
export type { YearCalendar } from './calendars.ts'
export { citationText } from './citation.ts'
export { type Deadline, deadlineOf } from './clock.ts'
export {
  codesNamed,
  codesOn,
  dueDays,
  isNamed,
  isRequired,
  leastOf,
  whyNotAmount,
  whyNotUnplanned,
} from './decide.ts'
export { startDeadline } from './deadlines.store.ts'
export type { Day } from './days.ts'
export { chainOf } from './divisions.ts'
export { whyNotEntry } from './entries.ts'
export { LawRefused } from './faults.ts'
export { withCalendars, withEntries } from './load.ts'
export { loadLaw } from './read-folder.ts'
export { lawRoutes } from './routes.ts'
export { lawStartedBy, lawWaitingFor } from './waiting.store.ts'
export { type Lost, resolve, resolveAll, type Resolved } from './resolve.ts'
export type { Kind, Law, LawEntry, Parameter, Place, Source, Unit, Value } from './shapes.ts'
