// Which replacements, skips and voids wait for somebody: his own answer, a review, an approval, the second person's word.

import type { Person } from '../../platform/actor.ts'
import type { Reader } from '../../platform/database/database.ts'
import { covers } from '../../platform/reach.ts'
import type { ReachOf, Waiting } from '../../platform/waiting.ts'
import { type Deciding, whyNotAccede, whyNotApprove, whyNotReview } from './replacements.rules.ts'
import { listReplacements, type ReplacementRow } from './replacements.store.ts'
import { proposedRequests, type RequestRow } from './requests.store.ts'
import { askingOf } from './requesting.ts'
import { whyNotDecide } from './requests.rules.ts'

const MOST = 100

/** What events put on the first page. */
export async function eventsWaitingFor(
  reader: Reader,
  person: Person,
  reachOf: ReachOf,
): Promise<readonly Waiting[]> {
  return [
    ...(await replacementsWaiting(reader, person, reachOf)),
    ...(await requestsWaiting(reader, person, reachOf)),
  ]
}

async function replacementsWaiting(
  reader: Reader,
  person: Person,
  reachOf: ReachOf,
): Promise<readonly Waiting[]> {
  const seen = reachOf('replacement.list', person)
  if (!seen) return []
  const state = ['requested', 'applied', 'reviewed'] as const
  const rows = await listReplacements(reader, seen, { state, after: undefined, limit: MOST })
  const may = (action: string, { authorityId, personId }: ReplacementRow): boolean => {
    const reach = reachOf(action, person)
    return reach !== undefined && covers(reach, { authorityId, personId })
  }
  return rows.flatMap((row) => {
    const by = decidingAs(row, person)
    if (!whyNotAccede(row, person.personId)) return [said(row, 'replacement.accede')]
    if (may('replacement.review', row) && !whyNotReview(row, by)) return [said(row, 'replacement.review')]
    return may('replacement.approve', row) && !whyNotApprove(row, by)
      ? [said(row, 'replacement.approve')]
      : []
  })
}

function decidingAs({ authorityId }: ReplacementRow, { personId, grants }: Person): Deciding {
  const isLeader = grants.some((g) => g.role === 'leaderInCharge' && g.authorityId === authorityId)
  // What nobody applied for waits for the person himself; whoever may do without him sees it on its page.
  return { personId, isLeader, recusalRequired: false }
}

function said(row: ReplacementRow, code: string): Waiting {
  return {
    code,
    params: { person: row.personName, task: row.taskName },
    link: `/draws/replacements/${row.id}`,
    since: (row.reviewedAt ?? row.appliedAt ?? row.requestedAt).toISOString(),
  }
}

async function requestsWaiting(
  reader: Reader,
  person: Person,
  reachOf: ReachOf,
): Promise<readonly Waiting[]> {
  const reach = reachOf('drawRequest.approve', person)
  if (!reach) return []
  const rows = await proposedRequests(reader, reach, MOST)
  return rows
    .filter((row) => whyNotDecide(row, askingOf(row, { actor: person })) === undefined)
    .map((row: RequestRow) => ({
      code: `drawRequest.${row.kind}`,
      params: { task: row.taskName, draw: row.drawName, person: row.proposedByName },
      link: `/draws/${row.drawId}?tab=events`,
      since: row.proposedAt.toISOString(),
    }))
}
