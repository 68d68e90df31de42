// The pure side of the law: functions of the law and a place, which any rules.ts may use. Nothing here reads or writes.

export type { YearCalendar } from './calendars.ts'
export { citationText } from './citation.ts'
export { type Deadline, deadlineOf, workingDaysUntil } from './clock.ts'
export { addDays, type Day } from './days.ts'
export { placesNamed, placesWithRules } from './comparison.ts'
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
export { chainOf, type Division, type Divisions } from './divisions.ts'
export { whyNotEntry } from './entries.ts'
export { LawRefused } from './faults.ts'
export type { Industries, Industry } from './industries.ts'
export { withCalendars, withEntries } from './load.ts'
export { type Lost, resolve, resolveAll, type Resolved } from './resolve.ts'
export type { Kind, Label, Law, LawEntry, Parameter, Place, Source, Unit, Value } from './shapes.ts'
