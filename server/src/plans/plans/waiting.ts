// What of plans waits for somebody, what he started, and what a search finds.

import type { Person } from '../../platform/actor.ts'
import type { Reader } from '../../platform/database/database.ts'
import { covers, type Reach } from '../../platform/reach.ts'
import type { Contribution, Finding, ReachOf, Waiting } from '../../platform/waiting.ts'
import { whyNotDecideAmendment } from '../amendments/amendments.rules.ts'
import { listAmendments } from '../amendments/amendments.store.ts'
import { type FilingRow, listFilings } from '../filings/filings.store.ts'
import { whyNotDecide } from './plans.rules.ts'
import { listPlans, type PlanRow } from './plans.store.ts'

/** How far a person reaches by an action. */
const MOST = 100
const MOST_FOUND = 8

/** What plans put on the first page and into the search. */
export function plansContribution(reachOf: ReachOf): Contribution {
  return {
    waitingFor: async (reader, person) => [
      ...(await plansToMove(reader, person, reachOf)),
      ...(await plansReturned(reader, person, reachOf)),
      ...(await amendmentsToDecide(reader, person, reachOf)),
      ...(await filingsToReceive(reader, person, reachOf)),
      ...(await filingsReturned(reader, person, reachOf)),
    ],
    startedBy: async (reader, person) => [
      ...(await plansUnderReview(reader, person, reachOf)),
      ...(await filingsUnderWay(reader, person, reachOf)),
    ],
    search: (reader, _, text, person) => searchPlans(reader, reachOf('plan.list', person), text),
  }
}

/** Plans that a head is to review, or that are approved and not yet published. */
async function plansToMove(reader: Reader, person: Person, reachOf: ReachOf): Promise<readonly Waiting[]> {
  const seen = reachOf('plan.list', person)
  const reach = reachOf('plan.approve', person)
  if (!seen || !reach) return []
  const isHis = ({ authorityId }: PlanRow) => covers(reach, { authorityId })
  const inState = (state: string) => listPlans(reader, seen, { state, after: undefined, limit: MOST })
  const proposed = (await inState('inReview')).filter(
    (plan) => isHis(plan) && whyNotDecide(plan, 'approve', person.personId) === undefined,
  )
  const approved = (await inState('approved')).filter(isHis)
  return [
    ...proposed.map((plan) => ({ ...aboutPlan('plan.decide', plan), since: instant(plan.proposedAt) })),
    ...approved.map((plan) => ({
      ...aboutPlan('plan.publish', plan),
      link: `/plans/${plan.id}/publication`,
      since: instant(plan.decidedAt),
    })),
  ]
}

/** Drafts that were reviewed and came back: theirs who may propose them anew. */
async function plansReturned(reader: Reader, person: Person, reachOf: ReachOf): Promise<readonly Waiting[]> {
  const seen = reachOf('plan.list', person)
  const reach = reachOf('plan.propose', person)
  if (!seen || !reach) return []
  const drafts = await listPlans(reader, seen, { state: 'draft', after: undefined, limit: MOST })
  return drafts
    .filter(({ authorityId, decidedAt }) => decidedAt !== null && covers(reach, { authorityId }))
    .map((plan) => ({ ...aboutPlan('plan.returned', plan), since: instant(plan.decidedAt) }))
}

async function amendmentsToDecide(
  reader: Reader,
  person: Person,
  reachOf: ReachOf,
): Promise<readonly Waiting[]> {
  const seen = reachOf('amendment.list', person)
  const reach = reachOf('amendment.approve', person)
  if (!seen || !reach) return []
  const rows = await listAmendments(reader, seen, { state: 'proposed', limit: MOST })
  return rows
    .filter(
      (row) =>
        covers(reach, { authorityId: row.authorityId }) &&
        whyNotDecideAmendment(row, 'approve', person.personId) === undefined,
    )
    .map((row) => ({
      code: 'amendment.decide',
      params: { plan: row.planTitle },
      link: `/plans/${row.planId}?tab=amendments`,
      since: instant(row.proposedAt),
    }))
}

async function filingsToReceive(
  reader: Reader,
  person: Person,
  reachOf: ReachOf,
): Promise<readonly Waiting[]> {
  const reach = reachOf('filing.receive', person)
  if (!reach) return []
  const filter = { direction: 'in', state: 'submitted', after: undefined, limit: MOST } as const
  const rows = await listFilings(reader, reach, filter)
  return rows
    .filter(({ submittedById }) => submittedById !== person.personId)
    .map((row) => ({
      code: `filing.${row.kind}`,
      params: { authority: row.authorityName, year: row.year },
      link: '/plans/filings?direction=in',
      since: row.submittedAt.toISOString(),
    }))
}

/** What came back from those whom it was sent to, until it is sent anew: theirs who send. */
async function filingsReturned(
  reader: Reader,
  person: Person,
  reachOf: ReachOf,
): Promise<readonly Waiting[]> {
  const reach = reachOf('filing.submit', person)
  if (!reach) return []
  const rows = await listFilings(reader, reach, { direction: 'out', after: undefined, limit: MOST })
  const isSentAnew = (returned: FilingRow): boolean =>
    rows.some(
      (row) =>
        row.id !== returned.id &&
        row.planId === returned.planId &&
        row.kind === returned.kind &&
        row.body === returned.body &&
        row.year === returned.year &&
        row.submittedAt >= returned.decidedAt!,
    )
  return rows
    .filter((row) => row.state === 'returned' && !isSentAnew(row))
    .map((row) => ({
      code: 'filing.returned',
      params: { authority: row.receiverName, year: row.year },
      link: row.planId ? `/plans/${row.planId}?tab=filings` : '/plans/filings?direction=out',
      since: instant(row.decidedAt),
    }))
}

async function plansUnderReview(
  reader: Reader,
  person: Person,
  reachOf: ReachOf,
): Promise<readonly Waiting[]> {
  const seen = reachOf('plan.list', person)
  if (!seen) return []
  const rows = await listPlans(reader, seen, { state: 'inReview', after: undefined, limit: MOST })
  return rows
    .filter(({ proposedById }) => proposedById === person.personId)
    .map((plan) => ({
      ...aboutPlan('plan.proposed', plan),
      since: instant(plan.proposedAt),
      withWhom: plan.authorityName,
    }))
}

async function filingsUnderWay(
  reader: Reader,
  person: Person,
  reachOf: ReachOf,
): Promise<readonly Waiting[]> {
  const seen = reachOf('filing.list', person)
  if (!seen) return []
  const filter = { direction: 'out', state: 'submitted', after: undefined, limit: MOST } as const
  const rows = await listFilings(reader, seen, filter)
  return rows
    .filter(({ submittedById }) => submittedById === person.personId)
    .map((row) => ({
      code: 'filing.submitted',
      params: { authority: row.authorityName, year: row.year },
      link: '/plans/filings?direction=out',
      since: row.submittedAt.toISOString(),
      withWhom: row.receiverName,
    }))
}

/** Plans by title; none for whoever may not list them. */
async function searchPlans(
  reader: Reader,
  reach: Reach | undefined,
  text: string,
): Promise<readonly Finding[]> {
  if (!reach) return []
  const rows = await listPlans(reader, reach, { q: text, after: undefined, limit: MOST_FOUND - 1 })
  return rows.map(({ id, title, authorityName, year }) => ({
    type: 'plan',
    title,
    subtitle: `${authorityName} · ${year}`,
    link: `/plans/${id}`,
  }))
}

function aboutPlan(code: string, plan: PlanRow) {
  return { code, params: { plan: plan.title, authority: plan.authorityName }, link: `/plans/${plan.id}` }
}

// Set with the step that made it wait.
function instant(at: Date | null): string {
  return (at ?? new Date(0)).toISOString()
}
