// What of draws waits for somebody, and what a search finds.

import type { Person } from '../../platform/actor.ts'
import type { Reader } from '../../platform/database/database.ts'
import { covers, type Place, type Reach } from '../../platform/reach.ts'
import type { Contribution, Finding, ReachOf, Waiting } from '../../platform/waiting.ts'
import type { DrawState } from '../shapes.ts'
import { leadOf, oversightOf, placeOfDraw } from './access.ts'
import { isWithheld } from './draws.rules.ts'
import { type DrawRow, listDraws } from './draws.store.ts'

/** In which state somebody is waited for, by which act, and where he stands. */
interface Next {
  readonly state: DrawState
  readonly code: string
  readonly action: string
  readonly page: string
  readonly placeOf: (row: DrawRow) => Place
  readonly isHis: (row: DrawRow, person: Person) => boolean
  readonly sinceOf: (row: DrawRow) => Date | null
}

const MOST = 100
const MOST_FOUND = 8
const everybody = () => true
const NEXT: readonly Next[] = [
  {
    state: 'frozen',
    code: 'draw.commit',
    action: 'draw.commit',
    page: '/commitment',
    placeOf: leadOf,
    isHis: (row, { personId }) => row.frozenById !== personId,
    sinceOf: (row) => row.snapshotAt,
  },
  {
    state: 'committed',
    code: 'draw.close',
    action: 'draw.beginClose',
    page: '/ceremony',
    placeOf: leadOf,
    isHis: everybody,
    sinceOf: (row) => row.committedAt,
  },
  {
    state: 'closing',
    code: 'draw.sign_close',
    action: 'draw.close',
    page: '/ceremony',
    placeOf: oversightOf,
    isHis: (row, { personId }) => row.closingById !== personId && row.preflightAt !== null,
    sinceOf: (row) => row.preflightAt,
  },
  {
    state: 'closed',
    code: 'draw.press',
    action: 'draw.press',
    page: '/press',
    placeOf: leadOf,
    isHis: everybody,
    sinceOf: (row) => row.closedAt,
  },
]

/** What draws put on the first page and into the search. */
export function drawsOwnContribution(reachOf: ReachOf): Contribution {
  return {
    waitingFor: (reader, person, now) => waitingFor(reader, person, { reachOf, now }),
    search: (reader, _, text, person) => searchDraws(reader, reachOf('draw.list', person), text),
  }
}

async function waitingFor(
  reader: Reader,
  person: Person,
  { reachOf, now }: { readonly reachOf: ReachOf; readonly now: Date },
): Promise<readonly Waiting[]> {
  const seen = reachOf('draw.list', person)
  if (!seen) return []
  const all: Waiting[] = []
  for (const next of NEXT) {
    const reach = reachOf(next.action, person)
    if (!reach) continue
    const rows = await listDraws(reader, seen, { state: next.state, after: undefined, limit: MOST })
    const own = rows.filter((row) => covers(reach, next.placeOf(row)) && next.isHis(row, person))
    all.push(...own.map((row) => said(row, isWithheld(row, now) ? 'draw.withheld' : next.code, next)))
  }
  return all
}

function said(row: DrawRow, code: string, { page, sinceOf }: Next): Waiting {
  return {
    code,
    params: { task: row.taskName, draw: row.name, authority: row.leadAuthorityName },
    link: `/draws/${row.id}${page}`,
    since: (sinceOf(row) ?? row.frozenAt).toISOString(),
  }
}

async function searchDraws(
  reader: Reader,
  reach: Reach | undefined,
  text: string,
): Promise<readonly Finding[]> {
  if (!reach) return []
  const rows = await listDraws(reader, reach, { q: text, after: undefined, limit: MOST_FOUND - 1 })
  return rows
    .filter((row) => covers(reach, placeOfDraw(row)))
    .map(({ id, name, taskName, leadAuthorityName }) => ({
      type: 'draw',
      title: taskName,
      subtitle: `${leadAuthorityName} · ${name}`,
      link: `/draws/${id}`,
    }))
}
