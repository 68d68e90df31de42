import type { Reader } from '../platform/database/database.ts'
import type { Person } from '../platform/actor.ts'
import { divisionPrefix } from '../platform/reach.ts'
import type { Waiting } from '../platform/waiting.ts'

const DECIDING = ['conferenceOffice', 'oversight']

/** Proposals that wait for a second person, and this person may be that one. */
export async function lawWaitingFor(reader: Reader, person: Person): Promise<readonly Waiting[]> {
  const prefixes = person.grants
    .filter(({ role }) => DECIDING.includes(role))
    .map(({ divisionCode }) => divisionPrefix(divisionCode))
  if (prefixes.length === 0) return []
  const rows = await waiting(reader).where('e.proposed_by', '!=', person.personId).execute()
  return rows
    .filter((row) => prefixes.some((prefix) => row.division_code.startsWith(prefix)))
    .map((row) => itemOf(row, 'law.approve_entry'))
}

/** What this person proposed and nobody has decided. */
export async function lawStartedBy(reader: Reader, person: Person): Promise<readonly Waiting[]> {
  const rows = await waiting(reader).where('e.proposed_by', '=', person.personId).execute()
  return rows.map((row) => itemOf(row, 'law.entry_proposed'))
}

function waiting(reader: Reader) {
  return reader
    .selectFrom('law.entry as e')
    .innerJoin('agencies.division as d', 'd.code', 'e.division_code')
    .select(['e.id', 'e.parameter', 'e.proposed_at', 'e.division_code', 'd.name'])
    .where('e.state', '=', 'proposed')
    .orderBy('e.proposed_at')
    .limit(100)
}

function itemOf(
  row: { readonly id: string; readonly parameter: string; readonly proposed_at: Date; readonly name: string },
  code: string,
): Waiting {
  return {
    code,
    params: { parameter: row.parameter, division: row.name },
    link: `/law/entries?entry=${row.id}`,
    since: row.proposed_at.toISOString(),
  }
}
