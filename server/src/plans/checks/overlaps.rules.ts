// The same subjects under several lines: visits that would be made twice, and what caps on visits say to it (REQ-PLAN-15, 2.4).

import { isRequired } from '../../law/index.ts'
import {
  type CheckedLine,
  citing,
  type Finding,
  type LineCount,
  type PlanChecked,
  ruleAt,
} from './findings.rules.ts'
import { type Membership, type RegisteredProfile } from './population.rules.ts'
import { ratioOf } from './ratios.rules.ts'

/** A line that may meet others: of this plan, or of another of the year. */
export type MeetingLine = Pick<
  CheckedLine,
  | 'id'
  | 'number'
  | 'taskName'
  | 'leadAuthorityId'
  | 'fullCoverage'
  | 'ratio'
  | 'quantity'
  | 'classRatios'
  | 'frequencyLeast'
  | 'frequencyMost'
  | 'startsOn'
  | 'endsOn'
> & {
  readonly authorityIds: readonly string[]
  /** Of the plan that is asked about. */
  readonly isOwn: boolean
}

/** Two lines about the same subjects at the same time. `expectedDouble`: visits that would be second ones, in the mean. */
export interface Overlap {
  readonly lines: readonly [MeetingLine, MeetingLine]
  readonly subjects: number
  readonly expectedDouble: number
}

/** The lines, whom they are about, and how many that are for each. */
export interface Meeting {
  readonly lines: readonly MeetingLine[]
  readonly profiles: readonly RegisteredProfile[]
  readonly membership: Membership
  readonly counts: readonly LineCount[]
}

/**
 * Pairs of lines of different authorities whose periods meet and that have subjects in common, at least one of them of the
 * plan: those first by which most subjects would be visited twice. The mean is Σ N·π·π' over subjects that are alike.
 */
export function overlapsOf({ lines, profiles, membership, counts }: Meeting): readonly Overlap[] {
  const size = lines.length
  const subjects = new Float64Array(size * size)
  const doubles = new Float64Array(size * size)
  const meets = meetingOf(lines)
  profiles.forEach(({ subjects: number, class: letter }, at) => {
    const here = membership[at]!
    const chances = here.map((line) => chanceOf(lines[line]!, counts[line]!, letter))
    for (let i = 0; i < here.length; i += 1)
      for (let j = i + 1; j < here.length; j += 1) {
        const cell = here[i]! * size + here[j]!
        if (meets[cell] === 0) continue
        subjects[cell]! += number
        doubles[cell]! += number * chances[i]! * chances[j]!
      }
  })
  const found: Overlap[] = []
  for (let cell = 0; cell < subjects.length; cell += 1)
    if (subjects[cell]! > 0)
      found.push({
        lines: [lines[Math.floor(cell / size)]!, lines[cell % size]!],
        subjects: subjects[cell]!,
        expectedDouble: doubles[cell]!,
      })
  return found.toSorted((a, b) => b.expectedDouble - a.expectedDouble || b.subjects - a.subjects)
}

/** The chance of a subject of a class to be drawn by a line. */
export function chanceOf(line: MeetingLine, count: LineCount, letter: string): number {
  if (line.fullCoverage) return 1
  if (line.quantity !== null && line.classRatios === null)
    return count.subjects === 0 ? 0 : Math.min(1, line.quantity / count.subjects)
  return ratioOf(line, letter) / 10_000
}

/** Whether a pair counts: by the number of its first line times all, plus that of its second. */
function meetingOf(lines: readonly MeetingLine[]): Uint8Array {
  const size = lines.length
  const meets = new Uint8Array(size * size)
  for (let i = 0; i < size; i += 1)
    for (let j = i + 1; j < size; j += 1) {
      const [a, b] = [lines[i]!, lines[j]!]
      const isMet =
        (a.isOwn || b.isOwn) &&
        a.leadAuthorityId !== b.leadAuthorityId &&
        a.startsOn <= b.endsOn &&
        b.startsOn <= a.endsOn
      if (isMet) meets[i * size + j] = 1
    }
  return meets
}

const SINGLE = 'plans.single_visit'
// Shown with the checks; all of them stand on the page of overlaps.
const MOST_SHOWN = 30

/** Overlaps as findings, where the law of the place wants one visit instead of many. */
export function overlapFindings(
  { law, plan }: Pick<PlanChecked, 'law' | 'plan'>,
  overlaps: readonly Overlap[],
): readonly Finding[] {
  const place = { division: plan.divisionCode, on: `${plan.year}-12-31` }
  if (!law.divisions.has(place.division) || !isRequired(law, SINGLE, place)) return []
  return overlaps.slice(0, MOST_SHOWN).map(({ lines: [a, b], subjects, expectedDouble }) => ({
    code: 'overlap',
    severity: 'warning',
    lineIds: [a, b].filter(({ isOwn }) => isOwn).map(({ id }) => id),
    params: {
      subjects,
      double: Math.round(expectedDouble * 10) / 10,
      ...(a.isOwn && b.isOwn ? {} : { elsewhere: 1 }),
    },
    law: citing(law, SINGLE, place),
    mend: 'merge',
  }))
}

const CAP = 'inspections.annual_frequency_cap'
const CAP_OF_ALL = 'inspections.annual_frequency_cap_all_levels'

/** Subjects that would be visited more often in the year than a cap allows: for certain, or at worst. */
export function capFindings(
  { law, plan }: Pick<PlanChecked, 'law' | 'plan'>,
  { lines, profiles, membership }: Meeting,
): readonly Finding[] {
  const place = { division: plan.divisionCode, on: `${plan.year}-12-31` }
  return [CAP, CAP_OF_ALL].flatMap((key) => {
    const cap = ruleAt(law, key, place)?.value
    if (typeof cap !== 'number') return []
    const over = { certain: overCap(), possible: overCap() }
    profiles.forEach(({ subjects }, at) => {
      const here = membership[at]!.map((line) => lines[line]!)
      const own = here.filter(({ isOwn }) => isOwn)
      if (own.length === 0) return
      const sets = key === CAP ? byAuthority(here) : [here]
      const most = (visits: (line: MeetingLine) => number): number =>
        Math.max(...sets.map((set) => set.reduce((sum, line) => sum + visits(line), 0)))
      const kind = most(certainVisits) > cap ? 'certain' : most(possibleVisits) > cap ? 'possible' : undefined
      if (kind === undefined) return
      over[kind].subjects += subjects
      for (const { id } of own) over[kind].lineIds.add(id)
    })
    return (['certain', 'possible'] as const)
      .filter((kind) => over[kind].subjects > 0)
      .map((kind) => ({
        code: 'frequency_cap' as const,
        severity: kind === 'certain' ? ('error' as const) : ('warning' as const),
        lineIds: [...over[kind].lineIds],
        params: { subjects: over[kind].subjects, cap, levels: key === CAP ? 'own' : 'all' },
        law: citing(law, key, place),
        mend: 'line' as const,
      }))
  })
}

function overCap(): { subjects: number; readonly lineIds: Set<string> } {
  return { subjects: 0, lineIds: new Set() }
}

function byAuthority(lines: readonly MeetingLine[]): readonly (readonly MeetingLine[])[] {
  const own = lines.filter(({ isOwn }) => isOwn)
  const ids = new Set(own.flatMap(({ authorityIds }) => authorityIds))
  return [...ids].map((id) => lines.filter(({ authorityIds }) => authorityIds.includes(id)))
}

function certainVisits({ fullCoverage, frequencyLeast }: MeetingLine): number {
  return fullCoverage ? (frequencyLeast ?? 1) : 0
}

function possibleVisits(line: MeetingLine): number {
  return line.frequencyMost ?? Math.max(1, certainVisits(line))
}
