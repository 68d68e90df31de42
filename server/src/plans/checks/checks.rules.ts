// 核查: a plan held against the law of its place, its catalogue, and all other plans of the year.

import { frameFindings, lateFindings, sameFindings } from './dates.rules.ts'
import { CHECKS, type Finding, type PlanChecked } from './findings.rules.ts'
import { itemFindings } from './items-named.rules.ts'
import { jointFindings, ledFindings } from './joint.rules.ts'
import { capFindings, type Meeting, overlapFindings, overlapsOf } from './overlaps.rules.ts'
import { ratioFindings } from './ratios.rules.ts'

/** What is to be mended or answered: errors before warnings, within these by check, then by line. */
export function checksOf(checked: PlanChecked, meeting: Meeting): readonly Finding[] {
  const numbers = new Map(checked.lines.map(({ id, number }) => [id, number]))
  const found = [
    ...checked.lines.flatMap((line) => [
      ...itemFindings(checked, line),
      ...frameFindings(checked, line),
      ...ratioFindings(checked, line),
      ...jointFindings(checked, line),
    ]),
    ...sameFindings(checked),
    ...ledFindings(checked),
    ...capFindings(checked, meeting),
    ...overlapFindings(checked, overlapsOf(meeting)),
    ...lateFindings(checked),
  ]
  const rank = ({ severity, code, lineIds }: Finding): readonly number[] => [
    severity === 'error' ? 0 : 1,
    CHECKS.indexOf(code),
    numbers.get(lineIds[0] ?? '') ?? 0,
  ]
  return found
    .map((finding) => ({ finding, rank: rank(finding) }))
    .toSorted((a, b) => a.rank.reduce((order, part, at) => order || part - b.rank[at]!, 0))
    .map(({ finding }) => finding)
}
