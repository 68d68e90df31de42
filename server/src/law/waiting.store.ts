import type { Reader } from '../platform/database/database.ts'
import type { Person } from '../platform/actor.ts'
import { divisionPrefix } from '../platform/reach.ts'
import type { Contribution, Waiting } from '../platform/waiting.ts'
import type { LawBook } from './book.ts'
import type { Law } from './shapes.ts'

const DECIDING = ['conferenceOffice', 'oversight']

/** What the law puts on the first page. */
export function lawContribution(book: LawBook): Contribution {
  return {
    waitingFor: async (reader, person) => waitingFor(reader, person, await book.read(reader)),
    startedBy: async (reader, person) => startedBy(reader, person, await book.read(reader)),
  }
}

/** Proposals that wait for a second person, and this person may be that one. */
async function waitingFor(reader: Reader, person: Person, law: Law): Promise<readonly Waiting[]> {
  const prefixes = person.grants
    .filter(({ role }) => DECIDING.includes(role))
    .map(({ divisionCode }) => divisionPrefix(divisionCode))
  if (prefixes.length === 0) return []
  const rows = await waiting(reader).where('e.proposed_by', '!=', person.personId).execute()
  return rows
    .filter((row) => prefixes.some((prefix) => row.division_code.startsWith(prefix)))
    .map((row) => itemOf(row, 'law.approve_entry', law))
}

/** What this person proposed and nobody has decided. */
async function startedBy(reader: Reader, person: Person, law: Law): Promise<readonly Waiting[]> {
  const rows = await waiting(reader).where('e.proposed_by', '=', person.personId).execute()
  return rows.map((row) => itemOf(row, 'law.entry_proposed', law))
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
  law: Law,
): Waiting {
  const label = law.parameters.get(row.parameter)?.label
  return {
    code,
    params: {
      division: row.name,
      label: label?.['zh-CN'] ?? row.parameter,
      labelEnglish: label?.en ?? row.parameter,
    },
    link: `/law/entries?entry=${row.id}`,
    since: row.proposed_at.toISOString(),
  }
}
