// A scheme as officials see it: each term beside the law that decides it, each section beside what the task gives.

import { citationText, codesNamed, type Law } from '../../law/index.ts'
import { dayOf } from '../../platform/clock.ts'
import type { Reader } from '../../platform/database/database.ts'
import type { Refusal } from '../../platform/refusal.ts'
import { canOf } from '../../platform/refusal.ts'
import type { LawHere } from '../consultation/participations.rules.ts'
import { placeIn } from '../place.ts'
import type { Viewing } from '../tasks/tasks.representation.ts'
import type { TaskRow } from '../tasks/tasks.store.ts'
import { labelOf } from './said.rules.ts'
import { whyNotGenerate, whyNotPublish, whyNotRevise, whyNotStep } from './schemes.rules.ts'
import type { PublicScheme, Scheme } from './schemes.schema.ts'
import { type SchemeRow, schemesOf } from './schemes.store.ts'
import { changedSections, demandedSections, isOutdated } from './sections.rules.ts'
import { changedTerms, lawOf, TERM_CODES, TERMS, termText, whyNotTerm } from './terms.rules.ts'

/** What may be done about the schemes of a task, whichever of them is looked at. */
export function canWrite(
  task: TaskRow,
  rows: readonly SchemeRow[],
  { access }: Pick<Viewing, 'access'>,
): { readonly generate: ReturnType<typeof canOf>; readonly revise: ReturnType<typeof canOf> } {
  const why = (verb: string) => access.whyNot(`scheme.${verb}`, { authorityId: task.leadAuthorityId })
  return {
    generate: canOf(why('generate') ?? whyNotGenerate(task, rows)),
    revise: canOf(why('revise') ?? whyNotRevise(task, rows)),
  }
}

/** A scheme as a viewer sees it. */
export async function representScheme(
  reader: Reader,
  row: SchemeRow,
  task: TaskRow,
  { law, place }: LawHere,
  viewing: Viewing,
): Promise<Scheme> {
  const { access, actor, now } = viewing
  const viewer = actor.kind === 'person' ? actor.personId : ''
  const demanded = demandedSections(law, place)
  const why = (verb: string) => access.whyNot(`scheme.${verb}`, { authorityId: task.leadAuthorityId })
  const today = placeIn(law, task.divisionCode, dayOf(now))
  const rows = await schemesOf(reader, task.id)
  return {
    ...headOf(row),
    leadAuthorityName: row.leadAuthorityName,
    divisionCode: row.divisionCode,
    terms: TERM_CODES.map((code) => representTerm(row, code, { law, place })),
    sections: row.sections.map((section) => ({
      ...section,
      title: labelOf(law, 'scheme-sections', section.code),
      isOutdated: isOutdated(section),
      isRequired: demanded.includes(section.code),
    })),
    isTaskChanged: row.taskVersion !== task.version,
    isLawChanged: row.lawVersion !== law.version,
    changed: changedIn(row, rows),
    channels: [...codesNamed(law, 'publication.scheme_published_through', today)],
    can: {
      ...canWrite(task, rows, viewing),
      edit: canOf(why('edit') ?? whyNotEdit(row, task)),
      publish: canOf(why('publish') ?? whyNotPublish(row, task, { law, place }, viewer)),
    },
  }
}

/** What a version says otherwise than the one before it; null for the first. */
export function changedIn(row: SchemeRow, rows: readonly SchemeRow[]): Scheme['changed'] {
  const before = rows.find(({ number }) => number === row.number - 1)
  if (!before) return null
  return {
    number: before.number,
    sections: [...changedSections(row.sections, before.sections)],
    terms: [...changedTerms(row.terms, before.terms)],
  }
}

/** Why the text of a scheme is not edited: it is no draft, or its task is cancelled. */
export function whyNotEdit(row: Pick<SchemeRow, 'state'>, task: Pick<TaskRow, 'state'>): Refusal | undefined {
  if (task.state === 'cancelled') return { code: 'scheme.task_cancelled' }
  return whyNotStep(row.state, 'edit')
}

/** A version of a scheme in a list. */
export function headOf(row: SchemeRow) {
  return {
    id: row.id,
    version: row.version,
    taskId: row.taskId,
    taskName: row.taskName,
    taskNumber: row.taskNumber,
    number: row.number,
    state: row.state,
    writtenBy: row.writtenByName,
    writtenAt: row.writtenAt.toISOString(),
    publishedBy: row.publishedByName,
    publishedOn: row.publishedOn,
    channel: row.channel,
    channelNote: row.channelNote,
  }
}

/** A published scheme as anybody may see it. */
export function representPublic(row: SchemeRow): PublicScheme {
  const { id, taskNumber, number, divisionCode, divisionName, leadAuthorityName, channelNote } = row
  return {
    id,
    title: titleOf(row),
    taskNumber,
    number,
    divisionCode,
    divisionName,
    leadAuthorityName,
    publishedOn: row.publishedOn ?? '',
    channel: row.channel ?? '',
    channelNote,
  }
}

/** What the paper is called. */
export function titleOf({ taskName }: Pick<SchemeRow, 'taskName'>): string {
  return `${taskName}实施方案`
}

/** The sections that say something, with what they are called. */
export function saidSections(row: SchemeRow, law: Law) {
  return row.sections
    .filter(({ text }) => text.trim() !== '')
    .map(({ code, text }) => ({ code, title: labelOf(law, 'scheme-sections', code), text }))
}

function representTerm(
  row: SchemeRow,
  code: (typeof TERM_CODES)[number],
  { law, place }: LawHere,
): Scheme['terms'][number] {
  const { form, list, compare, law: key } = TERMS[code]
  const value = row.terms[code] ?? null
  const lawful = lawOf(law, place, code)
  return {
    code,
    value: typeof value === 'object' && value !== null ? [...value] : value,
    text: termText(law, code, value),
    form,
    list: list ?? null,
    compare,
    law: key,
    lawful: lawful ? termText(law, code, lawful.value) : null,
    citation: lawful ? citationText(lawful.rule.source) : null,
    whyNot: canOf(whyNotTerm(law, place, code, value)),
  }
}
