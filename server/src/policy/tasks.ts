// Who may do what in 抽查任务: a part of the one table, `policy.ts`.

import type { AccessLine, Policy } from '../platform/reach.ts'
import { DECIDING, KEEPING, officials, PREPARING } from './officials.ts'

// Until it is agreed, a task is its parties'; then its division's and those' above.
const TASKS_SEEN = { roles: officials('invitedAuthority') } as const satisfies AccessLine
const TASKS_KEPT = { roles: PREPARING } as const satisfies AccessLine
// Never by whoever prepared it: the rules see to that.
const TASKS_DECIDED = { roles: DECIDING } as const satisfies AccessLine
const TASKS_PREPARED = { roles: { ...PREPARING, ...DECIDING } } as const satisfies AccessLine
// What was declared of a subject is seen as the subject is: registers are shared in a county.
const VISITS_SEEN = { roles: officials('divisionSubtree') } as const satisfies AccessLine
const VISITS_WITHDRAWN = { roles: { ...DECIDING, ...KEEPING } } as const satisfies AccessLine
// Those of the authority that was there, and whoever oversees the division.
const VISITS_SHOWN = {
  roles: { ...PREPARING, ...DECIDING, oversight: 'divisionSubtree' },
} as const satisfies AccessLine

/** action → who may. */
export const TASKS_POLICY = {
  'task.list': TASKS_SEEN,
  'task.show': TASKS_SEEN,
  'task.create': TASKS_KEPT,
  'task.edit': TASKS_KEPT,
  'task.dispatch': TASKS_DECIDED,
  'task.settle': TASKS_DECIDED,
  'task.recall': TASKS_PREPARED,
  'task.conclude': TASKS_DECIDED,
  'task.cancel': TASKS_DECIDED,
  'task.preview': TASKS_PREPARED,
  'task.simulate': TASKS_SEEN,
  'task.rules': TASKS_SEEN,
  'taskExclusion.list': TASKS_SEEN,
  'taskExclusion.create': TASKS_KEPT,
  'taskExclusion.withdraw': TASKS_KEPT,
  'taskEvidence.upload': TASKS_KEPT,
  'taskEvidence.download': TASKS_SEEN,
  'visit.list': VISITS_SEEN,
  'visit.declare': TASKS_KEPT,
  'visit.confirm': TASKS_DECIDED,
  'visit.readEvidence': VISITS_SHOWN,
  'visit.withdraw': VISITS_WITHDRAWN,
  'participation.list': TASKS_SEEN,
  'participation.mine': TASKS_SEEN,
  'participation.show': TASKS_SEEN,
  'participation.candidates': TASKS_PREPARED,
  'participation.invite': TASKS_KEPT,
  'participation.release': TASKS_PREPARED,
  'participation.prepare': TASKS_KEPT,
  'participation.accept': TASKS_DECIDED,
  'participation.decline': TASKS_DECIDED,
  'participation.reopen': TASKS_DECIDED,
  'participation.uploadStatement': TASKS_PREPARED,
  'participation.readStatement': TASKS_SEEN,
  'opinion.list': TASKS_SEEN,
  'opinion.give': TASKS_PREPARED,
  'opinion.reply': TASKS_PREPARED,
  'consultation.record': TASKS_SEEN,
  'consultation.print': TASKS_SEEN,
  'consultation.remind': TASKS_PREPARED,
  'scheme.list': TASKS_SEEN,
  'scheme.show': TASKS_SEEN,
  'scheme.text': TASKS_SEEN,
  'scheme.generate': TASKS_KEPT,
  'scheme.revise': TASKS_KEPT,
  'scheme.edit': TASKS_KEPT,
  'scheme.publish': TASKS_DECIDED,
  'publicTask.list': { public: true },
  'publicScheme.list': { public: true },
  'publicScheme.show': { public: true },
} as const satisfies Policy
