// What of plans the law wants of an authority by a day (CAL-PLAN, CAL-PLAN-SUBMIT, CAL-PLAN-MERGE, CAL-PLAN-FILE,
// CAL-HALFPLAN, CAL-PROGRESS), and when it was done.

import { type Day, dueDays, type Law, type Place, resolve } from '../../law/index.ts'
import type { PlanField, PlanKind, PlanState } from '../shapes.ts'
import { bodiesOf, dueIn, filingDates, type FilingKind, type FilingState } from './filings.rules.ts'

export const DUTY_KINDS = ['library', 'consolidation', 'submission', 'filing', 'progress'] as const

/** One thing owed, and when it was done. */
export interface Duty {
  readonly kind: (typeof DUTY_KINDS)[number]
  readonly law: string
  readonly dueOn: Day
  readonly body: string | null
  readonly half: number | null
  readonly planId: string | null
  readonly doneOn: Day | null
  readonly receipt: string | null
}

/** A plan of the authority and the year. */
export interface OwnPlan {
  readonly id: string
  readonly kind: PlanKind
  readonly half: number | null
  readonly field: PlanField
  readonly state: PlanState
  readonly publishedOn: Day | null
}

/** A filing of the authority and the year, not withdrawn. */
export interface OwnFiling {
  readonly kind: FilingKind
  readonly planId: string | null
  readonly body: string
  readonly dueOn: Day | null
  readonly submittedOn: Day
  readonly state: FilingState
  readonly receipt: string | null
}

/** Whose duties, of which year, and what has been done. */
export interface Owing {
  readonly division: string
  /** Whether it is the office of the joint conference. */
  readonly isOffice: boolean
  readonly inspects: boolean
  readonly year: number
  readonly plans: readonly OwnPlan[]
  readonly filings: readonly OwnFiling[]
}

/** What an authority owes in a year, by its days. Nothing where no document names a day. */
export function dutiesOf(law: Law, owing: Owing): readonly Duty[] {
  if (!law.divisions.has(owing.division)) return []
  const duties = [
    ...(owing.inspects ? [...libraryDuties(law, owing), ...submissions(law, owing)] : []),
    ...(owing.isOffice ? consolidations(law, owing) : []),
    ...(owing.inspects ? [...filings(law, owing), ...progress(law, owing)] : []),
  ]
  return duties.toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0))
}

function firstDay(law: Law, key: string, { division, year }: Owing): Day | undefined {
  return dueIn(law, key, division, { year, half: null })
}

function annualOf({ plans }: Owing): OwnPlan | undefined {
  return plans.find(({ kind, state }) => kind === 'annual' && state !== 'discarded')
}

function libraryDuties(law: Law, owing: Owing): readonly Duty[] {
  const key = 'plans.library_dates'
  const dueOn = firstDay(law, key, owing)
  if (dueOn === undefined) return []
  const plan = annualOf(owing)
  const done = { doneOn: plan?.publishedOn ?? null, planId: plan?.id ?? null }
  return [{ ...NOTHING, ...done, kind: 'library', law: key, dueOn }]
}

function consolidations(law: Law, owing: Owing): readonly Duty[] {
  const key = 'plans.consolidation_dates'
  const dueOn = firstDay(law, key, owing)
  if (dueOn === undefined) return []
  const plan = owing.plans.find(({ kind, state }) => kind === 'consolidated' && state !== 'discarded')
  const done = { doneOn: plan?.publishedOn ?? null, planId: plan?.id ?? null }
  return [{ ...NOTHING, ...done, kind: 'consolidation', law: key, dueOn }]
}

function submissions(law: Law, owing: Owing): readonly Duty[] {
  const key = 'plans.submission_dates'
  const dueOn = firstDay(law, key, owing)
  if (dueOn === undefined) return []
  const done = owing.filings.find(({ kind, state }) => kind === 'submission' && state !== 'returned')
  return [{ ...NOTHING, ...doneBy(done, annualOf(owing)), kind: 'submission', law: key, dueOn }]
}

/** The year's plan with each body that its field is filed with; and the two of half a year where they are asked for. */
function filings(law: Law, owing: Owing): readonly Duty[] {
  const halves = ([1, 2] as const).map((half) => ({ kind: 'halfYear' as const, half }))
  return [{ kind: 'annual' as const, half: null }, ...halves].flatMap(({ kind, half }) => {
    const key = filingDates(kind)
    const dueOn = dueIn(law, key, owing.division, { year: owing.year, half })
    if (dueOn === undefined) return []
    const plan = owing.plans.find(
      (one) => one.kind === kind && one.half === half && one.state !== 'discarded',
    )
    const place: Place = { division: owing.division, on: dueOn }
    return bodiesOf(law, plan?.field ?? 'nonMarket', place).map(({ body }) => {
      const done = owing.filings.find(
        (filing) => filing.planId === (plan?.id ?? '') && filing.body === body && filing.state !== 'returned',
      )
      return { ...NOTHING, ...doneBy(done, plan), kind: 'filing' as const, law: key, dueOn, body, half }
    })
  })
}

function progress(law: Law, { division, year, filings: all }: Owing): readonly Duty[] {
  const key = 'supervision.progress_dates'
  return dueDays(law, key, division, `${year}-01-01`, `${year}-12-31`).map((dueOn) => {
    const done = all.find(
      (filing) => filing.kind === 'progress' && filing.dueOn === dueOn && filing.state !== 'returned',
    )
    return { ...NOTHING, ...doneBy(done, undefined), kind: 'progress', law: key, dueOn }
  })
}

const NOTHING = { body: null, half: null, planId: null, doneOn: null, receipt: null }

function doneBy(filing: OwnFiling | undefined, plan: OwnPlan | undefined) {
  return {
    doneOn: filing?.submittedOn ?? null,
    receipt: filing?.receipt ?? null,
    planId: filing?.planId ?? plan?.id ?? null,
  }
}

/** Since when a duty can be met: the beginning of its year, or of the rule where that came later. */
export function openSince(law: Law, { law: key, dueOn }: Duty, division: string): Day {
  const from = resolve(law, key, { division, on: dueOn })?.from ?? dueOn
  const newYear = `${dueOn.slice(0, 4)}-01-01`
  return from > newYear ? from : newYear
}
