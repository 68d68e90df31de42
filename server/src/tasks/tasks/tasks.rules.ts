// 抽查任务: when one may be written, dispatched and agreed, by the law of its place.

import { codesOn, isNamed, isRequired, type Law, type Place, resolve, whyNotAmount } from '../../law/index.ts'
import type { LineFacts } from '../../plans/index.ts'
import type { Refusal } from '../../platform/refusal.ts'
import { whyNotUse } from '../../registers/index.ts'
import type { ParticipationFacts } from '../consultation/shapes.ts'
import { classOf, type Stratum } from '../scope/design.rules.ts'
import { whyNotWaive } from '../scope/exclusions.rules.ts'
import type { TaskFacts } from '../shapes.ts'
import { type TakingPart, whyNotFollow, whyNotNarrow } from './discipline.rules.ts'
import { whyNotStep } from './steps.rules.ts'

/** What was counted of a task: its strata with the numbers drawn, and why the design cannot be, where it cannot. */
export interface Counted {
  readonly strata: readonly Stratum[]
  /**
   * The fewest inspectors that come to any of the subjects; authorities differ from subject to subject. Undefined where who takes
   * part may have changed since it was counted.
   */
  readonly leastTeam: number | undefined
  readonly refusal?: Refusal | undefined
}

/** All that decides whether a task may go out. `line` where it comes from a plan; days as YYYY-MM-DD. */
export interface DispatchFacts {
  readonly task: TaskFacts
  readonly line: LineFacts | undefined
  /** Everybody who was ever asked. */
  readonly parts: readonly ParticipationFacts[]
  /** Undefined where nothing was counted: then nothing that rests on it is said. */
  readonly counted: Counted | undefined
  readonly law: Law
  /** The division of the lead on the first day of the task. */
  readonly place: Place
  readonly today: string
}

/** Why a task cannot be written down as it is: what would make no sense even in a draft. */
export function whyNotWritten(
  task: Pick<
    TaskFacts,
    | 'startsOn'
    | 'endsOn'
    | 'capGround'
    | 'capNote'
    | 'matching'
    | 'teamCount'
    | 'design'
    | 'strataBy'
    | 'scope'
    | 'crossRegion'
    | 'divisionCode'
  >,
): Refusal | undefined {
  const { startsOn, endsOn, capGround, capNote, matching, teamCount, design, strataBy } = task
  if (endsOn < startsOn) return { code: 'task.ends_before_it_begins' }
  if (capGround !== null && capNote === null) return { code: 'task.cap_note_needed' }
  if ((matching === 'teams') !== (teamCount !== null)) return { code: 'task.team_count_needed' }
  if (design.kind === 'ratio' && Object.keys(design.byClass ?? {}).length > 0 && strataBy === 'whole')
    return { code: 'task.class_strata_needed' }
  const elsewhere = task.scope.divisions.find((code) => !isUnder(code, task.divisionCode))
  return elsewhere === undefined || task.crossRegion
    ? undefined
    : { code: 'task.not_cross_region', params: { division: elsewhere } }
}

/** Why a task outside the plan cannot be made in place of another: that is not cancelled, or no such task of its lead. */
export function whyNotReplace(
  before: Pick<TaskFacts, 'state' | 'leadAuthorityId' | 'planLineId' | 'number'>,
  leadAuthorityId: string,
): Refusal | undefined {
  const { state, planLineId, number } = before
  const isOwn = before.leadAuthorityId === leadAuthorityId && planLineId === null
  return isOwn && state === 'cancelled'
    ? undefined
    : { code: 'task.not_replaceable', params: { task: number } }
}

/** Why codes of a task are none of the law's on its first day. */
export function whyNotCoded(
  task: Pick<TaskFacts, 'methods' | 'mode' | 'capGround'>,
  law: Law,
  place: Place,
): Refusal | undefined {
  const lists = [
    ['inspection-methods', task.methods],
    ['joint-modes', task.mode === null ? [] : [task.mode]],
    ['frequency-exemptions', task.capGround === null ? [] : [task.capGround]],
  ] as const
  for (const [list, given] of lists) {
    const known = codesOn(law, list, place.on).map(({ code }) => code)
    const unknown = given.find((code) => !known.includes(code))
    if (unknown !== undefined) return { code: 'task.code_unknown', params: { code: unknown } }
  }
  return undefined
}

/** Why somebody cannot send a task out, or settle it alone: its state, or that he drafted any of it. */
export function whyNotSend(
  task: Pick<TaskFacts, 'state' | 'mode' | 'drafterIds'>,
  command: 'dispatch' | 'settle',
  deciderId: string,
): Refusal | undefined {
  const early = whyNotStep(task.state, command)
  if (early) return early
  if (command === 'dispatch' && task.mode === null) return { code: 'task.is_single' }
  if (command === 'settle' && task.mode !== null) return { code: 'task.is_joint' }
  return task.drafterIds.includes(deciderId) ? { code: 'task.own_draft' } : undefined
}

/** Why the day by which answers are asked for does not do. Days as YYYY-MM-DD. */
export function whyNotReplyBy(
  replyBy: string,
  task: Pick<TaskFacts, 'endsOn'>,
  today: string,
): Refusal | undefined {
  if (replyBy < today) return { code: 'task.reply_by_past' }
  return replyBy > task.endsOn ? { code: 'task.reply_by_late' } : undefined
}

/** Why a task may not go out, nor be agreed: the first thing that stands against it, with the law that says so. */
export function whyNotDispatch(facts: DispatchFacts): Refusal | undefined {
  return whatStandsAgainst(facts)[0]
}

/** All that stands against a task, as far as it can be told at once: for a draft that is being written. */
export function whatStandsAgainst(facts: DispatchFacts): readonly Refusal[] {
  const line = facts.line
  return [
    whyNotItems(facts),
    whyNotMode(facts),
    whyNotWaive(facts.law, facts.place, facts.task.waived),
    whyNotShares(facts),
    whyNotTeam(facts),
    whyNotListed(facts),
    whyNotCounted(facts),
    line?.state === 'ended' ? { code: 'task.line_ended' } : undefined,
    line && whyNotFollow(line, facts.task, facts.parts.map(asTakingPart), facts.counted?.strata),
    line && whyNotNarrow(line, facts.task),
  ].filter((refusal) => refusal !== undefined)
}

/** An authority as discipline sees it. */
export function asTakingPart({
  authorityId,
  state,
  items,
}: Pick<ParticipationFacts, 'authorityId' | 'state' | 'items'>): TakingPart {
  const takesPart = state !== 'declined' && state !== 'released'
  // Whom the lead let go was not asked.
  return {
    authorityId: state === 'released' ? '' : authorityId,
    takesPart,
    itemIds: items.map(({ id }) => id),
  }
}

const ON_SITE = 'ON_SITE'
const PARTICIPANTS = 'tasks.participants'
const MODES = 'tasks.joint_modes'
const TEAM_SIZE = 'draws.team_size'
const OFFICERS = 'inspections.officers_per_visit'
const OFFICERS_EACH = 'inspections.officers_per_authority'
const FLOOR = 'plans.ratio_floor'
const LISTED = 'publication.drawn_list_published'

function takingPart({ parts }: DispatchFacts): readonly ParticipationFacts[] {
  return parts.filter(({ state }) => state !== 'declined' && state !== 'released')
}

function whyNotItems(facts: DispatchFacts): Refusal | undefined {
  for (const { items } of takingPart(facts))
    for (const item of items) {
      const why = whyNotUse(item, item.bases, facts.place.on)
      if (why)
        return {
          code: 'task.item_not_usable',
          params: { item: item.name, why: why.code },
          ...(why.law === undefined ? {} : { law: why.law }),
        }
    }
  return undefined
}

function whyNotMode(facts: DispatchFacts): Refusal | undefined {
  const { task, law, place } = facts
  if (task.mode === null) return undefined
  const isHere =
    task.mode === LOCAL
      ? resolve(law, 'tasks.own_mode', place) !== undefined
      : isNamed(law, MODES, place, task.mode)
  if (isHere === false)
    return {
      code: 'task.mode_not_here',
      params: { mode: task.mode },
      ...(resolve(law, MODES, place) ? { law: MODES } : {}),
    }
  const wanted = codesOn(law, 'joint-modes', place.on).find(({ code }) => code === task.mode)?.attributes[
    'draw_type'
  ]
  if (wanted !== undefined && wanted !== task.drawType)
    return { code: 'task.draw_type_not_of_mode', params: { mode: task.mode, drawType: String(wanted) } }
  const others = takingPart(facts).filter(({ isLead }) => !isLead).length
  const named = resolve(law, PARTICIPANTS, place)?.value
  const least = Math.max(1, typeof named === 'number' ? named : 1)
  return others < least
    ? {
        code: 'task.participants_needed',
        params: { least, there: others },
        ...(typeof named === 'number' ? { law: PARTICIPANTS } : {}),
      }
    : undefined
}

const LOCAL = 'LOCAL'

/** The floor of the place on the whole that is drawn from; the cap of a general item on each stratum (D-6, D-7). */
function whyNotShares(facts: DispatchFacts): Refusal | undefined {
  const { task, law, place, counted } = facts
  if (counted === undefined) return undefined
  const rows = counted.strata.reduce((sum, stratum) => sum + stratum.rows, 0)
  const drawn = counted.strata.reduce((sum, { n }) => sum + n, 0)
  if (rows === 0) return undefined
  const floor = whyNotAmount(law, FLOOR, place, (drawn * 10_000) / rows)
  if (floor)
    return {
      code: 'task.ratio_below_floor',
      params: { ratio: percent((drawn * 10_000) / rows), least: percent(Number(floor.value)) },
      law: FLOOR,
    }
  if (task.design.kind === 'coverage') return undefined
  const caps = takingPart(facts)
    .flatMap(({ items }) => items)
    .flatMap(({ tier, ratioCap }) => (tier === 'GENERAL' && ratioCap !== null ? [ratioCap] : []))
  const cap = Math.min(...caps, 10_000)
  // Rounding a stratum up to whole subjects is not going above the cap.
  const above = counted.strata.find(({ rows: all, n }) => n > Math.ceil((all * cap) / 10_000))
  return above === undefined
    ? undefined
    : {
        code: 'task.ratio_above_cap',
        params: { cap: percent(cap), stratum: classOf(above.code) ?? above.code },
        ...(isRequired(law, CAP, place) ? { law: CAP } : {}),
      }
}

const CAP = 'plans.general_item_cap_required'

/** At least so many inspectors to each subject: of the place, of the nation where somebody comes to the door, of each (D-5). */
function whyNotTeam(facts: DispatchFacts): Refusal | undefined {
  const { task, law, place } = facts
  const isOnSite = task.methods.includes(ON_SITE)
  const leastTeam = facts.counted?.leastTeam
  for (const [key, asked] of [
    [TEAM_SIZE, true],
    [OFFICERS, isOnSite],
  ] as const) {
    const rule = asked && leastTeam !== undefined ? whyNotAmount(law, key, place, leastTeam) : undefined
    if (rule) return { code: 'task.team_too_small', params: { least: Number(rule.value) }, law: key }
  }
  for (const { members, authorityName } of isOnSite ? takingPart(facts) : []) {
    const rule = whyNotAmount(law, OFFICERS_EACH, place, members)
    if (rule)
      return {
        code: 'task.team_too_small_each',
        params: { least: Number(rule.value), authority: authorityName },
        law: OFFICERS_EACH,
      }
  }
  return undefined
}

/** Where the list of who was drawn is published, it cannot be sealed for good (D-13). */
function whyNotListed({ task, law, place }: DispatchFacts): Refusal | undefined {
  return !task.drawnListPublished && isRequired(law, LISTED, place)
    ? { code: 'task.drawn_list_public', law: LISTED }
    : undefined
}

function whyNotCounted({ task, counted, today }: DispatchFacts): Refusal | undefined {
  if (counted?.strata.every(({ rows }) => rows === 0)) return { code: 'task.nobody_in_scope' }
  return (
    counted?.refusal ??
    (task.endsOn < today ? { code: 'task.over', params: { until: task.endsOn } } : undefined)
  )
}

function isUnder(code: string, division: string): boolean {
  return code.startsWith(division.replace(/(00){1,2}$/, ''))
}

function percent(basisPoints: number): string {
  return `${Math.floor(basisPoints) / 100}%`
}
