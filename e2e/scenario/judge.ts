// What was expected and what came; which document says so; and whether the same act is allowed in one place and refused
// in another.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** An act that the documents decide differently, D-1 to D-18 of the requirements. */
export interface Side {
  readonly difference: string
  readonly outcome: 'accepted' | 'refused'
}

/** A step as it went. */
export interface Entry extends Partial<Side> {
  readonly on: string
  readonly who: string
  readonly what: string
  readonly expected: string
  readonly got: string
  readonly asExpected: boolean
  readonly law?: string
  /** What the place's law says of it, with the document; “无规定” where none does. */
  readonly citation?: string
}

/** The year of one place. */
export interface Report {
  readonly division: string
  readonly place: string
  readonly document: string
  readonly entries: readonly Entry[]
}

/** Which place takes it, which refuses it: [difference, accepted in, refused in]. */
const PAIRS: readonly (readonly [difference: string, accepted: string, refused: readonly string[]])[] = [
  ['D-1', '652700', ['410928']],
  ['D-2', '652700', ['410928']],
  ['D-3', '652700', ['231084']],
  ['D-4', '410928', ['150525', '150626']],
  ['D-5', '410928', ['150525']],
  ['D-6', '150626', ['410928']],
  ['D-7', '652700', ['410928']],
  ['D-8', '150626', ['410928']],
  ['D-9', '410928', ['150525']],
  ['D-10', '150525', ['410928']],
  ['D-12', '410928', ['150626']],
  ['D-13', '150525', ['652700']],
  ['D-14', '150525', ['652700']],
  ['D-15', '231084', ['410928']],
  ['D-16', '410928', ['231084']],
  ['D-17', '231084', ['410928']],
  ['D-18', '652700', ['231084']],
]

/** Keeps a year for the comparison, and gives it as a page to read. */
export function keep(folder: string, report: Report): string {
  writeFileSync(join(folder, `scenario-${report.division}.json`), JSON.stringify(report, undefined, 2))
  const page = pageOf(report)
  writeFileSync(join(folder, `scenario-${report.division}.md`), page)
  return page
}

/** A year that was kept. Throws where it was not run. */
export function kept(folder: string, division: string): Report {
  return JSON.parse(readFileSync(join(folder, `scenario-${division}.json`), 'utf8')) as Report
}

/** The steps that went otherwise than expected. */
export function faultsOf({ entries }: Report): readonly string[] {
  return entries
    .filter(({ asExpected }) => !asExpected)
    .map(({ on, who, what, expected, got }) => `${on} ${who}: ${what}: expected ${expected}, got ${got}`)
}

/** What is missing among the pairs: a side that was not seen, or a refusal that does not name the place's document. */
export function missingPairs(reports: readonly Report[]): readonly string[] {
  const sides = PAIRS.flatMap(([difference, accepted, refused]) => [
    { difference, outcome: 'accepted' as const, division: accepted },
    ...refused.map((division) => ({ difference, outcome: 'refused' as const, division })),
  ])
  return sides.flatMap(({ difference, outcome, division }) => {
    const report = reports.find((each) => each.division === division)
    const seen = report?.entries.find(
      (entry) => entry.difference === difference && entry.outcome === outcome && entry.asExpected,
    )
    if (!seen) return [`${difference}: not seen ${outcome} in ${division}`]
    if (outcome === 'refused' && !seen.citation?.includes(report?.document ?? ''))
      return [`${difference}: refused in ${division} without its document (${seen.citation})`]
    return []
  })
}

function pageOf({ division, place, document, entries }: Report): string {
  const faults = entries.filter(({ asExpected }) => !asExpected).length
  const rows = entries.map(
    ({ on, who, what, expected, got, asExpected, difference, citation }) =>
      `| ${[on, who, what, expected, `${asExpected ? '✓' : '✗'} ${got}`, difference ?? '', citation ?? ''].map(cell).join(' | ')} |`,
  )
  return [
    `# ${place}（${division}）`,
    '',
    `${document}。${entries.length} 步，${faults} 步与预期不符。`,
    '',
    '| 日期 | 谁 | 做什么 | 预期 | 结果 | 差异 | 依据 |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n')
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ')
}
