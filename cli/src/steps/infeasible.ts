// An infeasible match as a person hears it: who needs how much, who may take it, what is missing, what would mend it.

import type { explainInfeasible } from '@sunlot/draw'
import type { Io } from './step.ts'

type Explanation = ReturnType<typeof explainInfeasible>

/** The sentences of one explanation, the repairs last. */
export function infeasibleSentences(io: Io, e: Explanation): string[] {
  const why = e.others.map((o) =>
    io.t('steps.why', { count: o.count, reason: io.t(`steps.reason_${o.reason}`) }),
  )
  const said = io.t('steps.infeasible', {
    subjects: e.subjects.length,
    classes: e.classes.join('、'),
    visits: e.visits,
    inspectors: e.inspectors.length,
    of: e.ofInspectors,
    why: why.length > 0 ? why.join(io.t('steps.comma')) : io.t('steps.nothing'),
    each: e.eachAtMost,
    capacity: e.capacity,
    short: e.shortBy,
  })
  const repairs = e.repairs.map((r) =>
    io.t(r.solved ? 'steps.repair' : 'steps.repair_partly', {
      what: io.t(`steps.repair_${r.kind}`, { ...r.params }),
      remaining: r.remaining,
    }),
  )
  return [said, ...repairs]
}
