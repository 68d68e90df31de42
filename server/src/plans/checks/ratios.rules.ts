// How much of the register is inspected: floors, caps, full coverage, shares that follow the risk (REQ-PLAN-3, -5 to -8).

import { isRequired, whyNotAmount } from '../../law/index.ts'
import type { LineFacts } from '../shapes.ts'
import {
  type CheckedItem,
  type CheckedLine,
  citing,
  type Finding,
  itemsOf,
  type LineCount,
  placeOf,
  type PlanChecked,
  ruleAt,
} from './findings.rules.ts'

const WHOLE = 10_000
const FLOOR = 'plans.ratio_floor'
const DISCLOSURE = 'plans.disclosure_ratio_floor'
const CAPS = 'plans.general_item_cap_required'
const COUNTED = 'plans.full_coverage_counted'
const FOLLOWS = 'plans.ratio_follows_risk'

/** What a line's amount breaks. */
export function ratioFindings(checked: PlanChecked, line: CheckedLine): readonly Finding[] {
  return [
    ...belowFloor(checked, line),
    ...aboveCap(checked, line),
    ...withoutCap(checked, line),
    ...uncounted(checked, line),
    ...belowDisclosure(checked, line),
    ...againstRisk(checked, line),
  ]
}

type Amount = Pick<LineFacts, 'fullCoverage' | 'ratio' | 'quantity' | 'classRatios'>

/**
 * The share of its subjects that a line inspects, in basis points, rounded down; undefined where it is a number of subjects
 * and nobody is in its scope, or where the shares are those of classes and nobody was counted.
 */
export function shareOf(line: Amount, count: LineCount | undefined): number | undefined {
  const { fullCoverage, ratio, quantity, classRatios } = line
  if (fullCoverage) return WHOLE
  const subjects = count?.subjects ?? 0
  if (classRatios !== null && count && subjects > 0) {
    const drawn = Object.entries(count.byClass).map(([letter, number]) => number * ratioOf(line, letter))
    return Math.floor(drawn.reduce((sum, part) => sum + part, 0) / subjects)
  }
  if (ratio !== null) return ratio
  return quantity === null || subjects === 0
    ? undefined
    : Math.min(WHOLE, Math.floor((quantity * WHOLE) / subjects))
}

/** The share of one class, in basis points. */
export function ratioOf(
  { classRatios, ratio }: Pick<Amount, 'classRatios' | 'ratio'>,
  letter: string,
): number {
  return classRatios?.[letter as keyof typeof classRatios] ?? ratio ?? 0
}

function belowFloor(checked: PlanChecked, line: CheckedLine): readonly Finding[] {
  const { law } = checked
  const place = placeOf(checked, line)
  const share = shareOf(line, checked.counts.get(line.id))
  if (share === undefined || !ruleAt(law, FLOOR, place)) return []
  const rule = whyNotAmount(law, FLOOR, place, share)
  if (!rule) return []
  const params = { ratio: share, least: Number(rule.value) }
  return [
    {
      code: 'ratio_floor',
      severity: 'error',
      lineIds: [line.id],
      params,
      law: citing(law, FLOOR, place),
      mend: 'line',
    },
  ]
}

function belowDisclosure(checked: PlanChecked, line: CheckedLine): readonly Finding[] {
  const { law } = checked
  const place = placeOf(checked, line)
  const share = shareOf(line, checked.counts.get(line.id))
  const isDisclosed =
    line.field === 'market' && itemsOf(checked, line).some(({ item }) => isOfDisclosure(item))
  if (!isDisclosed || share === undefined || !ruleAt(law, DISCLOSURE, place)) return []
  const rule = whyNotAmount(law, DISCLOSURE, place, share)
  if (!rule) return []
  const params = { ratio: share, least: Number(rule.value) }
  const cited = citing(law, DISCLOSURE, place)
  return [
    { code: 'disclosure_floor', severity: 'warning', lineIds: [line.id], params, law: cited, mend: 'line' },
  ]
}

/** 公示信息检查: by what the item is called, because no list of codes tells. */
function isOfDisclosure({ name, subItem }: CheckedItem): boolean {
  return `${name}${subItem ?? ''}`.includes('公示信息')
}

function aboveCap(checked: PlanChecked, line: CheckedLine): readonly Finding[] {
  if (line.tier !== 'GENERAL') return []
  const place = placeOf(checked, line)
  const worst = Math.max(
    shareOf(line, checked.counts.get(line.id)) ?? 0,
    ...Object.values(line.fullCoverage ? {} : (line.classRatios ?? {})),
  )
  const capped = itemsOf(checked, line).filter(({ item }) => item.ratioCap !== null && item.ratioCap < worst)
  const lowest = capped.toSorted((a, b) => a.item.ratioCap! - b.item.ratioCap!)[0]?.item
  if (!lowest) return []
  const params = { ratio: worst, most: lowest.ratioCap!, item: lowest.name }
  const law = isLaw(checked, CAPS, line) ? citing(checked.law, CAPS, place) : null
  return [{ code: 'ratio_cap', severity: 'error', lineIds: [line.id], params, law, mend: 'line' }]
}

function withoutCap(checked: PlanChecked, line: CheckedLine): readonly Finding[] {
  if (line.tier !== 'GENERAL' || !isLaw(checked, CAPS, line)) return []
  const law = citing(checked.law, CAPS, placeOf(checked, line))
  return itemsOf(checked, line)
    .filter(({ item }) => item.tier === 'GENERAL' && item.ratioCap === null)
    .map(({ item }) => ({
      code: 'cap_missing',
      severity: 'error',
      lineIds: [line.id],
      params: { item: item.name, itemId: item.id },
      law,
      mend: 'item',
    }))
}

function uncounted(checked: PlanChecked, line: CheckedLine): readonly Finding[] {
  if (!line.fullCoverage || !isLaw(checked, COUNTED, line)) return []
  const isCounted = (line.quantity ?? line.batches) !== null && (line.frequencyLeast ?? 0) >= 1
  if (isCounted) return []
  const law = citing(checked.law, COUNTED, placeOf(checked, line))
  return [{ code: 'full_coverage', severity: 'error', lineIds: [line.id], params: {}, law, mend: 'line' }]
}

function againstRisk(checked: PlanChecked, line: CheckedLine): readonly Finding[] {
  const { classRatios } = line
  if (classRatios === null || !isLaw(checked, FOLLOWS, line)) return []
  const said = (['A', 'B', 'C', 'D'] as const).filter((letter) => classRatios[letter] !== undefined)
  const at = said.findIndex((letter, k) => k > 0 && classRatios[letter]! < classRatios[said[k - 1]!]!)
  if (at < 0) return []
  const params = {
    lower: said[at - 1]!,
    lowerRatio: classRatios[said[at - 1]!]!,
    higher: said[at]!,
    higherRatio: classRatios[said[at]!]!,
  }
  const law = citing(checked.law, FOLLOWS, placeOf(checked, line))
  return [{ code: 'class_monotone', severity: 'warning', lineIds: [line.id], params, law, mend: 'line' }]
}

function isLaw(checked: PlanChecked, key: string, line: CheckedLine): boolean {
  const { law, plan } = checked
  return law.divisions.has(plan.divisionCode) && isRequired(law, key, placeOf(checked, line))
}
