// 抽查事项: what an item must say before it is proposed, and when it may be used.

import { isRequired, type Law, type Place, whyNotAmount } from '../../law/index.ts'
import type { Refusal } from '../../platform/refusal.ts'
import { type CitationFacts, standingOf } from './citations.rules.ts'

/** An item, as far as decisions about it go. Ratios in basis points, days as YYYY-MM-DD. */
export interface ItemFacts {
  readonly state: string
  readonly isRandom: boolean
  readonly notRandomReason: string | null
  readonly tier: string
  readonly ratioFloor: number | null
  readonly ratioCap: number | null
  readonly ratioNote: string | null
  readonly byBatches: boolean
  readonly scope: string | null
  readonly frequency: string | null
  readonly methods: readonly string[]
  readonly implementingLevels: readonly string[]
  readonly effectiveFrom: string | null
  readonly effectiveUntil: string | null
}

/** The law of a place on a day, as items ask it. */
export interface LawHere {
  readonly law: Law
  readonly place: Place
}

/** Which authority an item, a citation or a document may be kept for. */
interface KeeperFacts {
  readonly closedOn: string | null
}

/** Why nothing is kept in the catalogue of an authority: it is closed. */
export function whyNotKept({ closedOn }: KeeperFacts): Refusal | undefined {
  return closedOn === null ? undefined : { code: 'authority.closed', params: { on: closedOn } }
}

/** Why an authority has no items: it is closed, or no inspection authority (检查主体). */
export function whyNotOwner(authority: KeeperFacts & { readonly inspects: boolean }): Refusal | undefined {
  return (
    whyNotKept(authority) ?? (authority.inspects ? undefined : { code: 'item.authority_does_not_inspect' })
  )
}

/** Why an item cannot be written down as it is: what would make no sense even in a draft. */
export function whyNotWritten(
  item: Pick<ItemFacts, 'ratioFloor' | 'ratioCap' | 'effectiveFrom' | 'effectiveUntil'>,
): Refusal | undefined {
  const { ratioFloor, ratioCap, effectiveFrom, effectiveUntil } = item
  if (ratioFloor !== null && ratioCap !== null && ratioFloor > ratioCap)
    return { code: 'item.floor_above_cap', params: { floor: percent(ratioFloor), cap: percent(ratioCap) } }
  return effectiveFrom !== null && effectiveUntil !== null && effectiveUntil < effectiveFrom
    ? { code: 'item.ends_before_it_begins' }
    : undefined
}

/**
 * Why an item may not be proposed, or take effect, on a day: something is missing, the ratio is not as its tier or the
 * law of the place wants it, or it has no legal basis in force (REQ-ITEM-1, -3, -4, -5).
 */
export function whyNotComplete(
  item: ItemFacts,
  citations: readonly CitationFacts[],
  here: LawHere,
): Refusal | undefined {
  const { on } = here.place
  const from = item.effectiveFrom === null || item.effectiveFrom < on ? on : item.effectiveFrom
  return (
    whyNotBased(citations, from) ??
    whyNotWritten(item) ??
    whyNotSaid(item) ??
    (item.isRandom ? whyNotRatio(item, here) : undefined) ??
    (item.effectiveUntil !== null && item.effectiveUntil < on ? { code: 'item.over' } : undefined)
  )
}

/**
 * Why an item may not be inspected by on a day (YYYY-MM-DD): 清单之外不得检查, and no item without a legal basis in force
 * (REQ-ITEM-4). What plans and tasks ask.
 */
export function whyNotUse(
  item: Pick<ItemFacts, 'state' | 'effectiveFrom' | 'effectiveUntil'>,
  citations: readonly CitationFacts[],
  on: string,
): Refusal | undefined {
  const { effectiveFrom, effectiveUntil } = item
  if (effectiveUntil !== null && effectiveUntil < on)
    return { code: 'item.ended', params: { until: effectiveUntil } }
  if (item.state !== 'effective' || effectiveFrom === null)
    return { code: 'item.not_in_force', law: 'plans.only_listed_items' }
  if (effectiveFrom > on) return { code: 'item.not_yet', params: { from: effectiveFrom } }
  return whyNotBased(citations, on)
}

/** Why citations are no legal basis on a day: none of them is in force; says what is wrong with the first. */
export function whyNotBased(citations: readonly CitationFacts[], on: string): Refusal | undefined {
  const [first] = citations
  if (!first) return { code: 'item.basis_needed' }
  if (citations.some((citation) => standingOf(citation, on) === 'inForce')) return undefined
  return { code: WHY_NO_BASIS[standingOf(first, on)], params: { title: first.title } }
}

/** Why an item cannot have its last day on a day: that is over, or before it began. Days as YYYY-MM-DD. */
export function whyNotEnding(
  { effectiveFrom }: Pick<ItemFacts, 'effectiveFrom'>,
  on: string,
  today: string,
): Refusal | undefined {
  if (on < today) return { code: 'item.ending_backdated', params: { today } }
  return effectiveFrom !== null && on < effectiveFrom ? { code: 'item.ends_before_it_begins' } : undefined
}

/**
 * The last day of an item that another takes the place of from `from` on: the day before, but never one before it began.
 * Days as YYYY-MM-DD.
 */
export function lastDayBefore(from: string, begun: string | null): string {
  const day = new Date(Date.parse(`${from}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
  return begun !== null && begun > day ? begun : day
}

/** The rule that an item may be drawn by batches where its ratio is high: only a priority item has no cap (S1 1). */
export function whyNotBatches({
  byBatches,
  tier,
}: Pick<ItemFacts, 'byBatches' | 'tier'>): Refusal | undefined {
  return byBatches && tier !== 'PRIORITY' ? { code: 'item.batches_for_priority' } : undefined
}

/** Basis points as people write them: 550 → `5.5%`. */
export function percent(basisPoints: number): string {
  return `${basisPoints / 100}%`
}

const WHY_NO_BASIS = {
  inForce: 'item.basis_needed',
  unchecked: 'item.basis_unchecked',
  notYet: 'item.basis_not_yet',
  over: 'item.basis_over',
  repealed: 'item.basis_repealed',
  doubtful: 'item.basis_doubtful',
} as const

function whyNotSaid(item: ItemFacts): Refusal | undefined {
  if (item.scope === null) return { code: 'item.scope_needed' }
  if (item.methods.length === 0) return { code: 'item.method_needed' }
  if (item.implementingLevels.length === 0) return { code: 'item.level_needed' }
  if (!item.isRandom) return item.notRandomReason === null ? { code: 'item.reason_needed' } : undefined
  return item.frequency === null ? { code: 'item.frequency_needed' } : whyNotBatches(item)
}

/** A general item has a cap and a priority item has none where the law of the place wants it so (D-7: S1 alone does). */
function whyNotRatio(
  { tier, ratioCap, ratioFloor }: ItemFacts,
  { law, place }: LawHere,
): Refusal | undefined {
  const capKey = 'plans.general_item_cap_required'
  const openKey = 'plans.priority_item_uncapped'
  if (tier === 'GENERAL' && ratioCap === null && isRequired(law, capKey, place))
    return { code: 'item.cap_needed', law: capKey }
  if (tier === 'PRIORITY' && ratioCap !== null && isRequired(law, openKey, place))
    return { code: 'item.cap_on_priority', law: openKey }
  const least = 'plans.ratio_floor'
  for (const amount of [ratioFloor, ratioCap]) {
    const rule = amount === null ? undefined : whyNotAmount(law, least, place, amount)
    if (amount !== null && rule)
      return {
        code: 'item.ratio_below_law',
        params: { ratio: percent(amount), least: percent(Number(rule.value)) },
        law: least,
      }
  }
  return undefined
}
