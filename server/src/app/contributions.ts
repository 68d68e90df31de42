// What each feature puts on the first page and into the search.

import { accountsWaitingFor } from '../accounts/index.ts'
import { agencyContribution } from '../agencies/index.ts'
import { drawContribution } from '../draws/index.ts'
import { type LawBook, lawContribution } from '../law/index.ts'
import { planContribution } from '../plans/index.ts'
import type { Person } from '../platform/actor.ts'
import { accessOf } from '../platform/reach.ts'
import type { Settings } from '../platform/settings.ts'
import type { Contribution } from '../platform/waiting.ts'
import { POLICY } from '../policy.ts'
import {
  catalogueContribution,
  dueContribution,
  importContribution,
  inspectorContribution,
  subjectContribution,
} from '../registers/index.ts'
import { taskContribution } from '../tasks/index.ts'

/** All of them, in the order of the features. */
export function contributionsOf(book: LawBook, settings: Settings): readonly Contribution[] {
  const reachOf = (action: string, person: Person) => accessOf(POLICY, person).reachOf(action)
  return [
    agencyContribution(reachOf),
    { waitingFor: accountsWaitingFor },
    catalogueContribution(reachOf),
    subjectContribution(reachOf, settings),
    importContribution(reachOf),
    inspectorContribution(reachOf),
    lawContribution(book),
    dueContribution(book),
    planContribution(reachOf, book),
    taskContribution(reachOf, book),
    drawContribution(reachOf),
  ]
}
