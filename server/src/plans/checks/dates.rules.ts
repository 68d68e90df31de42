// When: within the year or half of the plan, in its field, not twice; in the library and filed by their days.

import { dueIn, filingDates } from '../filings/filings.rules.ts'
import { libraryDue } from '../plans/plans.rules.ts'
import { partsKey } from '../tables/line-values.rules.ts'
import { frameOf } from '../tables/period-words.rules.ts'
import { type CheckedLine, citing, type Finding, type PlanChecked } from './findings.rules.ts'

const HALF = 'plans.half_year_filing_dates'

/** A line outside the time or the field of its plan. */
export function frameFindings({ law, plan, today }: PlanChecked, line: CheckedLine): readonly Finding[] {
  const { id, startsOn, endsOn, field } = line
  const frame = frameOf(plan)
  const isOutside = startsOn < frame.startsOn || endsOn > frame.endsOn
  const isForeign = plan.field !== 'all' && plan.field !== field
  const about = { severity: 'error', lineIds: [id], mend: 'line' } as const
  return [
    ...(isOutside
      ? [
          {
            ...about,
            code: 'period' as const,
            params: { from: frame.startsOn, until: frame.endsOn },
            law: null,
          },
        ]
      : []),
    ...(isForeign
      ? [
          {
            ...about,
            code: 'field' as const,
            params: { field },
            law:
              plan.kind === 'halfYear' ? citing(law, HALF, { division: plan.divisionCode, on: today }) : null,
          },
        ]
      : []),
  ]
}

/** Lines of one authority that say the same. */
export function sameFindings({ lines }: Pick<PlanChecked, 'lines'>): readonly Finding[] {
  const groups = new Map<string, CheckedLine[]>()
  for (const line of lines) {
    const { leadAuthorityId, parts, scope, startsOn, endsOn } = line
    if (parts.every(({ itemIds }) => itemIds.length === 0)) continue
    const key = `${leadAuthorityId} ${partsKey(parts)} ${JSON.stringify(scope)} ${startsOn} ${endsOn}`
    groups.set(key, [...(groups.get(key) ?? []), line])
  }
  return [...groups.values()]
    .filter((group) => group.length > 1)
    .map((group) => ({
      code: 'same_line',
      severity: 'warning',
      lineIds: group.map(({ id }) => id),
      params: { numbers: group.map(({ number }) => number).join('、') },
      law: null,
      mend: 'line',
    }))
}

/** What was due by a day that has passed: being in the library, being filed. */
export function lateFindings({ law, plan, today }: PlanChecked): readonly Finding[] {
  const library = libraryDue(law, plan)
  const isPublished = plan.state === 'published' || plan.state === 'closed'
  const filing = filingDue(law, plan)
  const place = { division: plan.divisionCode, on: today }
  const about = { severity: 'warning', lineIds: [] } as const
  return [
    ...(library && today > library.on && !isPublished
      ? [
          {
            ...about,
            code: 'library_late' as const,
            params: { due: library.on },
            law: citing(law, library.law, { ...place, on: library.on }),
            mend: 'publish' as const,
          },
        ]
      : []),
    ...(filing && today > filing.on && !plan.isFiled
      ? [
          {
            ...about,
            code: 'filing_late' as const,
            params: { due: filing.on },
            law: citing(law, filing.law, { ...place, on: filing.on }),
            mend: 'file' as const,
          },
        ]
      : []),
  ]
}

function filingDue(
  law: PlanChecked['law'],
  { kind, year, half, divisionCode }: PlanChecked['plan'],
): { readonly on: string; readonly law: string } | undefined {
  if (kind === 'consolidated' || !law.divisions.has(divisionCode)) return undefined
  const key = filingDates(kind)
  const on = dueIn(law, key, divisionCode, { year, half })
  return on === undefined ? undefined : { on, law: key }
}
