// One hash that names the law as it stands, so that a task can keep the version that it began under.

import { hashHex, utf8 } from '@sunlot/draw'
import { isFields } from './faults.ts'
import type { Law } from './shapes.ts'

/**
 * SHA-256, in hex, over the parameters, the dated values and the code lists. Calendars are not part of it: a calendar
 * settles a date and changes no rule.
 */
export function versionOf(law: Pick<Law, 'parameters' | 'entries' | 'codeLists'>): string {
  const whole = {
    parameters: [...law.parameters.values()],
    entries: [...law.entries.values()].flat(),
    codeLists: [...law.codeLists.values()],
  }
  return hashHex('sha256', utf8(JSON.stringify(whole, inNameOrder)))
}

/** The same fields in another order, as a database may give them, are the same law. */
function inNameOrder(_: string, value: unknown): unknown {
  if (!isFields(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}
