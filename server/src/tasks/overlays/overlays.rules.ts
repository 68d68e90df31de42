// The same task under the rules of several places: what would stand against it there, what its scheme would have to settle
// and say, and on which grounds it could be made outside the plan.

import { type Label, type Law, type Place, resolve, type Resolved } from '../../law/index.ts'
import type { Refusal } from '../../platform/refusal.ts'
import { demandedSections } from '../schemes/sections.rules.ts'
import { lawOf, TERM_CODES, type TermCode, TERMS, termText } from '../schemes/terms.rules.ts'
import { type Ground, groundsIn, whyNotOutside } from '../tasks/outside.rules.ts'
import { type DispatchFacts, whatStandsAgainst, whyNotCoded } from '../tasks/tasks.rules.ts'

/** What one place says to a task. A rule is absent where no document of the place or above it has one. */
export interface RulesThere {
  readonly place: Place
  readonly refusals: readonly { readonly refusal: Refusal; readonly rule: Resolved | undefined }[]
  readonly terms: readonly {
    readonly code: TermCode
    readonly law: string
    readonly text: Label | undefined
    readonly rule: Resolved | undefined
  }[]
  readonly sections: { readonly codes: readonly string[]; readonly rule: Resolved | undefined }
  readonly grounds: readonly Ground[]
}

/** A task as it stands, held against the law of another place on a day. */
export function rulesIn(facts: DispatchFacts, place: Place): RulesThere {
  const { law, task } = facts
  const outside = task.planLineId === null ? whyNotOutside(law, place, task) : undefined
  // Its items are of its own place and day: elsewhere they are taken as they are.
  const against = whatStandsAgainst({ ...facts, place }).filter(
    ({ code }) => code !== 'task.item_not_usable' || place.division === facts.place.division,
  )
  const refusals = [whyNotCoded(task, law, place), outside, ...against]
  return {
    place,
    refusals: distinct(refusals).map((refusal) => ({ refusal, rule: ruleOf(law, refusal.law, place) })),
    terms: TERM_CODES.map((code) => termIn(law, code, place)),
    sections: {
      codes: demandedSections(law, place),
      rule: resolve(law, 'tasks.scheme_contents', place),
    },
    grounds: groundsIn(law, place),
  }
}

function termIn(law: Law, code: TermCode, place: Place): RulesThere['terms'][number] {
  const lawful = lawOf(law, place, code)
  const text = lawful && termText(law, code, lawful.value)
  return { code, law: TERMS[code].law, text, rule: lawful?.rule }
}

function ruleOf(law: Law, key: string | undefined, place: Place): Resolved | undefined {
  return key === undefined ? undefined : resolve(law, key, place)
}

/** Each reason once. */
function distinct(refusals: readonly (Refusal | undefined)[]): readonly Refusal[] {
  const given = refusals.filter((refusal) => refusal !== undefined)
  return given.filter(({ code }, at) => given.findIndex((other) => other.code === code) === at)
}
