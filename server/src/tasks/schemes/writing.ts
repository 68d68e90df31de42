// A scheme made from its task as that stands now: the text of every section, and the terms that the law of the place has.

import type { Reader } from '../../platform/database/database.ts'
import { lineItself } from '../../plans/index.ts'
import { participationsOf } from '../consultation/participations.store.ts'
import { takesPart } from '../tasks/facts.ts'
import type { TaskRow } from '../tasks/tasks.store.ts'
import type { LawHere } from '../consultation/participations.rules.ts'
import { type Section, regenerated, sectionCodes } from './sections.rules.ts'
import { nameOfAuthority } from './schemes.store.ts'
import { defaultTerms, TERM_CODES, type Terms } from './terms.rules.ts'
import { sectionTexts } from './text.rules.ts'

/** What a scheme says: terms as they were, or as the law has them; sections anew, where nobody wrote them himself. */
export async function composed(
  reader: Reader,
  task: TaskRow,
  here: LawHere,
  before: { readonly terms: Terms; readonly sections: readonly Section[] } | undefined,
): Promise<{ readonly terms: Terms; readonly sections: readonly Section[] }> {
  const { law, place } = here
  const terms = completed(before?.terms ?? startingTerms(task, here))
  const line = task.planLineId === null ? undefined : await lineItself(reader, task.planLineId)
  const texts = sectionTexts({
    task,
    leadName: task.leadAuthorityName,
    registerName: await nameOfAuthority(reader, task.scope.register),
    planTitle: line ? `${task.year}年度抽查工作计划第${line.number}项“${line.taskName}”` : null,
    parts: (await participationsOf(reader, task.id)).filter(takesPart),
    figures: task.figures,
    terms,
    law,
    place,
  })
  return { terms, sections: regenerated(sectionCodes(law, place), texts, before?.sections ?? []) }
}

/** As the law has them; whether the drawn list is published the task says itself, where the law leaves it open. */
function startingTerms(task: TaskRow, { law, place }: LawHere): Terms {
  const lawful = defaultTerms(law, place)
  return { ...lawful, drawnListPublished: lawful.drawnListPublished ?? task.drawnListPublished }
}

/** A term that is newer than the scheme is not settled in it. */
function completed(terms: Terms): Terms {
  return Object.fromEntries(TERM_CODES.map((code) => [code, terms[code] ?? null])) as Terms
}
