// Who may do what in 年度计划: a part of the one table, `policy.ts`.

import type { AccessLine, Policy } from '../platform/reach.ts'
import { DECIDING, officials, PREPARING } from './officials.ts'

// A draft is its parties'; what is published, its division's and those' above.
const PLANS_SEEN = { roles: officials('invitedAuthority') } as const satisfies AccessLine
// What an import would change is its authority's business, whoever may see the plan.
const IMPORTS_SEEN = { roles: { ...PREPARING, ...DECIDING } } as const satisfies AccessLine
const PLANS_KEPT = { roles: PREPARING } as const satisfies AccessLine
// Never by whoever proposed it: the rules see to that.
const PLANS_DECIDED = { roles: DECIDING } as const satisfies AccessLine

const FILINGS_SEEN = { roles: officials('ownAuthority') } as const satisfies AccessLine
const FILINGS_RECEIVED = { roles: { ...PREPARING, oversight: 'ownAuthority' } } as const satisfies AccessLine

/** action → who may. */
export const PLANS_POLICY = {
  'plan.list': PLANS_SEEN,
  'plan.show': PLANS_SEEN,
  'plan.create': PLANS_KEPT,
  'plan.edit': PLANS_KEPT,
  'plan.invite': PLANS_KEPT,
  'plan.propose': PLANS_KEPT,
  'plan.withdraw': PLANS_KEPT,
  'plan.return': PLANS_DECIDED,
  'plan.approve': PLANS_DECIDED,
  'plan.publish': PLANS_DECIDED,
  'plan.close': PLANS_DECIDED,
  'plan.discard': PLANS_KEPT,
  'plan.check': PLANS_SEEN,
  'plan.overlaps': PLANS_SEEN,
  'planOverlap.list': PLANS_SEEN,
  'planLine.join': PLANS_KEPT,
  'plan.candidates': IMPORTS_SEEN,
  'plan.consolidate': PLANS_KEPT,
  'plan.merge': PLANS_KEPT,
  'plan.export': PLANS_SEEN,
  'plan.template': PLANS_SEEN,
  'planImport.upload': PLANS_KEPT,
  'planImport.show': IMPORTS_SEEN,
  'planImport.report': IMPORTS_SEEN,
  'planImport.apply': PLANS_KEPT,
  'planImport.discard': PLANS_KEPT,
  'amendment.check': PLANS_SEEN,
  'planLine.list': PLANS_SEEN,
  'planLine.show': PLANS_SEEN,
  'planLine.create': PLANS_KEPT,
  'planLine.edit': PLANS_KEPT,
  'planLine.remove': PLANS_KEPT,
  'amendment.list': PLANS_SEEN,
  'amendment.show': PLANS_SEEN,
  'amendment.create': PLANS_KEPT,
  'amendment.edit': PLANS_KEPT,
  'amendment.propose': PLANS_KEPT,
  'amendment.withdraw': PLANS_KEPT,
  'amendment.reject': PLANS_DECIDED,
  'amendment.approve': PLANS_DECIDED,
  'publicPlan.list': { public: true },
  'publicPlan.show': { public: true },
  'filing.list': FILINGS_SEEN,
  'filing.show': FILINGS_SEEN,
  'filing.duties': FILINGS_SEEN,
  'filing.submit': PLANS_KEPT,
  'filing.file': PLANS_KEPT,
  'filing.report': PLANS_KEPT,
  'filing.withdraw': PLANS_KEPT,
  'filing.receive': FILINGS_RECEIVED,
  'filing.return': FILINGS_RECEIVED,
} as const satisfies Policy
