// 报送与备案: to whom a plan goes, which is found by the law of the place and never chosen, and what becomes of it there
// (REQ-PLAN-10, -13, -14, D-15).

import {
  codesNamed,
  type Day,
  dueDays,
  isNamed,
  isRequired,
  type Law,
  type Place,
  resolve,
} from '../../law/index.ts'
import type { Refusal } from '../../platform/refusal.ts'
import { type Steps, whyNotStep } from '../../platform/steps.ts'
import type { PlanField, PlanKind, PlanState } from '../shapes.ts'
import { whyNotPlanStep } from '../plans/steps.rules.ts'

export const FILING_KINDS = ['submission', 'filing', 'progress'] as const
export type FilingKind = (typeof FILING_KINDS)[number]
export const FILING_STATES = ['submitted', 'received', 'returned', 'withdrawn'] as const
export type FilingState = (typeof FILING_STATES)[number]
export type FilingCommand = 'withdraw' | 'receive' | 'return'

export const FILING_STEPS: Steps<FilingState, FilingCommand> = {
  submitted: { withdraw: 'withdrawn', receive: 'received', return: 'returned' },
  received: {},
  returned: {},
  withdrawn: {},
}

/** Why a command cannot be given to a filing in its state. */
export function whyNotFilingStep(
  { state }: { readonly state: FilingState },
  command: FilingCommand,
): Refusal | undefined {
  return whyNotStep(FILING_STEPS, state, command, 'filing.not_in_this_state')
}

/** A filing, as far as decisions about it go. */
export interface FilingFacts {
  readonly kind: FilingKind
  readonly state: FilingState
  readonly isReviewed: boolean
  readonly submittedById: string
}

/** Why somebody may not receive or return: he submitted it himself, or it is a plain 备案, which is only received. */
export function whyNotDecideFiling(
  filing: FilingFacts,
  command: 'receive' | 'return',
  deciderId: string,
): Refusal | undefined {
  const step = whyNotFilingStep(filing, command)
  if (step) return step
  if (filing.submittedById === deciderId) return { code: 'filing.own_submission' }
  return command === 'return' && filing.kind === 'filing' && !filing.isReviewed
    ? { code: 'filing.not_reviewed' }
    : undefined
}

/** A plan, as far as its way goes. */
export interface PlanToFile {
  readonly state: PlanState
  readonly kind: PlanKind
  readonly year: number
  readonly half: number | null
  readonly field: PlanField
}

/** Where something goes: a body of the list `bodies`, by which rule, of which division, and by when. */
export interface Way {
  readonly body: string
  readonly law: string
  /** The division whose document says so: its joint conference is meant. */
  readonly division: string
  readonly dueOn: Day | undefined
}

/** Nobody is named here to whom it would go (D-15). */
const NO_SUCH_DUTY: Refusal = { code: 'filing.no_such_duty', law: 'supervision.supervising_bodies' }

/** Which bodies a plan of a field is filed with in a place, with the keys that name them. */
export function bodiesOf(law: Law, field: PlanField, place: Place): readonly { body: string; key: string }[] {
  const market = resolve(law, 'plans.market_field_filed_with', place)
    ? 'plans.market_field_filed_with'
    : 'plans.filed_with'
  const keys = { market: [market], nonMarket: ['plans.filed_with'], all: ['plans.filed_with', market] }[field]
  const named = keys.flatMap((key) => codesNamed(law, key, place).map((body) => ({ body, key })))
  return named.filter(({ body }, at) => named.findIndex((other) => other.body === body) === at)
}

/** Which parameter names the days by which a plan is filed. */
export function filingDates(kind: PlanKind): string {
  return kind === 'halfYear' ? 'plans.half_year_filing_dates' : 'plans.filing_dates'
}

/** The way of a plan that is filed with a body, or why there is none. */
export function filingWay(
  law: Law,
  plan: PlanToFile,
  body: string,
  place: Place,
): { readonly way: Way } | { readonly refusal: Refusal } {
  const named = bodiesOf(law, plan.field, place).find((one) => one.body === body)
  const key = filingDates(plan.kind)
  const dates = resolve(law, key, place)
  if (!named || !dates) return { refusal: NO_SUCH_DUTY }
  const { division } = resolve(law, named.key, place) ?? dates
  return { way: { body, law: key, division, dueOn: dueIn(law, key, place.division, plan) } }
}

/** The way of a plan that is submitted upward, or why there is none. */
export function submissionWay(
  law: Law,
  plan: PlanToFile,
  place: Place,
): { readonly way: Way } | { readonly refusal: Refusal } {
  const key = 'plans.submission_dates'
  const dates = resolve(law, key, place)
  if (!dates) return { refusal: NO_SUCH_DUTY }
  const [body = 'JOINT_CONFERENCE'] = codesNamed(law, 'plans.market_field_filed_with', place)
  return { way: { body, law: key, division: dates.division, dueOn: dueIn(law, key, place.division, plan) } }
}

/** The way of a progress report for one of the days of its year, or why there is none. `done`: days already reported for. */
export function progressWay(
  law: Law,
  place: Place,
  done: readonly Day[],
): { readonly way: Way } | { readonly refusal: Refusal } {
  const key = 'supervision.progress_dates'
  const dates = resolve(law, key, place)
  if (!dates) return { refusal: { code: 'filing.progress_needs_dates', law: key } }
  const year = place.on.slice(0, 4)
  const open = dueDays(law, key, place.division, `${year}-01-01`, `${year}-12-31`).find(
    (on) => !done.includes(on),
  )
  if (open === undefined) return { refusal: { code: 'filing.open_already', law: key } }
  const [body = 'JOINT_CONFERENCE'] = codesNamed(law, 'supervision.supervising_bodies', place)
  return { way: { body, law: key, division: dates.division, dueOn: open } }
}

/** The day of the year of a plan; of a half-year plan that of its half. */
export function dueIn(
  law: Law,
  key: string,
  division: string,
  { year, half }: Pick<PlanToFile, 'year' | 'half'>,
): Day | undefined {
  const days = dueDays(law, key, division, `${year}-01-01`, `${year}-12-31`)
  if (half === null) return days[0]
  const later = codesNamed(law, key, { division, on: `${year}-12-31` })[half - 1]
  return days.find((on) => on.slice(5) === later)
}

/** Why a plan may not be filed yet: the public is told first where a document says so. */
export function whyNotFile(plan: PlanToFile, law: Law, place: Place): Refusal | undefined {
  const step = whyNotPlanStep(plan, 'file')
  if (step) return step
  return plan.state === 'approved' && isRequired(law, 'plans.published_before_filing', place)
    ? { code: 'filing.publish_first', law: 'plans.published_before_filing' }
    : undefined
}

/** A joint conference, as far as it is addressed. */
export interface Addressed {
  readonly officeId: string
  readonly oversightId: string | null
}

/** What was sent of a plan and is not decided on. */
export interface OpenFiling {
  readonly kind: FilingKind
  readonly receiverId: string
}

/** Of a plan: the conference of each division whose document may name a body, and what of it is on its way. */
export interface Around {
  readonly conferenceIn: (division: string) => Addressed | undefined
  readonly open: readonly OpenFiling[]
}

/** Where a way leads, or why it cannot be taken: nobody is set up there, or the plan is on its way there already. */
export function addressOf(
  kind: 'submission' | 'filing',
  found: { readonly way: Way } | { readonly refusal: Refusal },
  { conferenceIn, open }: Around,
): { readonly way: Way; readonly receiverId: string } | { readonly refusal: Refusal } {
  const to = addressed(found, conferenceIn)
  if ('refusal' in to) return to
  const isOpen = open.some((one) => one.kind === kind && one.receiverId === to.receiverId)
  return isOpen ? { refusal: { code: 'filing.open_already' } } : to
}

/** The authority at the end of a way, or why there is none. */
export function addressed(
  found: { readonly way: Way } | { readonly refusal: Refusal },
  conferenceIn: Around['conferenceIn'],
): { readonly way: Way; readonly receiverId: string } | { readonly refusal: Refusal } {
  if ('refusal' in found) return found
  const receiver = receiverIn(conferenceIn(found.way.division), found.way.body)
  return 'refusal' in receiver ? receiver : { ...found, ...receiver }
}

/** Why a plan is not submitted upward: not in its state, no document asks for it, nobody is there, or it is on its way. */
export function whyNotSubmit(plan: PlanToFile, law: Law, place: Place, around: Around): Refusal | undefined {
  return (
    whyNotPlanStep(plan, 'submit') ??
    refusalIn(addressOf('submission', submissionWay(law, plan, place), around))
  )
}

/** The bodies with which a plan may be filed here, each with why it is not now; none where no document names one (D-15). */
export function filingChoices(
  plan: PlanToFile,
  law: Law,
  place: Place,
  around: Around,
): readonly { readonly body: string; readonly why: Refusal | undefined }[] {
  const step = whyNotFile(plan, law, place)
  return bodiesOf(law, plan.field, place).map(({ body }) => ({
    body,
    why: step ?? refusalIn(addressOf('filing', filingWay(law, plan, body, place), around)),
  }))
}

/** Why a plan is filed with nobody: with none of the bodies that a document names, or no document names one. */
export function whyNotFiled(plan: PlanToFile, law: Law, place: Place, around: Around): Refusal | undefined {
  const choices = filingChoices(plan, law, place, around)
  if (choices.some(({ why }) => why === undefined)) return undefined
  return choices[0]?.why ?? whyNotFile(plan, law, place) ?? NO_SUCH_DUTY
}

function refusalIn(found: object): Refusal | undefined {
  return 'refusal' in found ? (found.refusal as Refusal) : undefined
}

/** Whether the body reviews what is filed (备案审核): a plan of other fields with a joint inspection in it (REQ-PLAN-14). */
export function isReviewed(
  law: Law,
  place: Place,
  body: string,
  lines: readonly { readonly field: string; readonly mode: string | null }[],
): boolean {
  const isJoint = lines.some(({ field, mode }) => field === 'nonMarket' && mode !== null)
  return isJoint && isNamed(law, 'plans.joint_plan_reviewed_by', place, body) === true
}

/** The authority that a body is in the conference of a division, or why nobody is. */
export function receiverIn(
  conference: Addressed | undefined,
  body: string,
): { readonly receiverId: string } | { readonly refusal: Refusal } {
  const receiverId = RECEIVER[body]?.(conference)
  return receiverId
    ? { receiverId }
    : { refusal: { code: 'filing.no_receiver', params: { body }, law: 'supervision.supervising_bodies' } }
}

type Conference = Addressed | undefined
const office = (conference: Conference) => conference?.officeId
const RECEIVER: Readonly<Record<string, (conference: Conference) => string | null | undefined>> = {
  JOINT_CONFERENCE: office,
  MARKET_REGULATION: office,
  JUSTICE_BUREAU: (conference) => conference?.oversightId,
}

/** `司法局收〔2024〕3号`. */
export function receiptText(receiver: string, year: string, serial: number): string {
  return `${receiver}收〔${year}〕${serial}号`
}
