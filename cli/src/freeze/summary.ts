// The final table of a freeze: what became of every row, and what was done by a stated policy.

import type { PlanFile } from '../plan-file/index.ts'
import { DEFECT_NAMES } from '../plan-file/index.ts'
import type { FrozenRegister } from './freeze.ts'
import type { FreezeTools } from './tools.ts'

/** Shows the counts of a frozen register: rows = population + excluded + rejected. */
export function tellFrozen(plan: PlanFile, frozen: FrozenRegister, { t, progress }: FreezeTools): void {
  const of = (counts: Readonly<Record<string, number>>): [string, number][] =>
    Object.entries(counts)
      .toSorted(([, a], [, b]) => b - a)
      .map(([reason, count]) => [t('summary.of', { reason }), count])
  const handled = DEFECT_NAMES.flatMap((defect): [string, number][] => {
    const count = frozen.found[defect]
    const policy = plan.policies[defect]
    return count && policy ? [[t('summary.policy', { defect, policy }), count]] : []
  })
  progress.summary([
    [t('summary.rows'), frozen.rows],
    ...(frozen.blank > 0 ? [[t('summary.blank'), frozen.blank] as const] : []),
    [t('summary.population'), frozen.population],
    [t('summary.strata'), frozen.strata.length],
    [t('summary.excluded'), frozen.excluded],
    ...of(frozen.excludedBy),
    [t('summary.rejected'), frozen.rejected],
    ...of(frozen.rejectedBy),
    ...handled,
    ...(frozen.remarks > 0 ? [[t('summary.remarks'), frozen.remarks] as const] : []),
  ])
}
