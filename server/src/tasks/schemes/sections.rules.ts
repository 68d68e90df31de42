// The sections of an implementation scheme: which there are, which the place demands, what was generated and what edited.

import { codesNamed, codesOn, type Law, type Place } from '../../law/index.ts'
import type { Refusal } from '../../platform/refusal.ts'

const CONTENTS = 'tasks.scheme_contents'
const LIST = 'scheme-sections'

/** One section. `generated`: what the task gave when it was last generated; `text`: what stands in the scheme. */
export interface Section {
  readonly code: string
  readonly text: string
  readonly generated: string
  /** Somebody wrote it himself: generating anew leaves it. */
  readonly isEdited: boolean
  /** What was generated when somebody wrote it himself: where it is something else now, the task has moved on. */
  readonly editedFrom?: string | undefined
}

/** The sections of a scheme in order: those that the place demands as its document has them, then the others. */
export function sectionCodes(law: Law, place: Place): readonly string[] {
  const known = codesOn(law, LIST, place.on).map(({ code }) => code)
  const demanded = demandedSections(law, place)
  return [...demanded, ...known.filter((code) => !demanded.includes(code))]
}

/** What the documents of a place demand of a scheme. */
export function demandedSections(law: Law, place: Place): readonly string[] {
  return codesNamed(law, CONTENTS, place)
}

/** Sections anew from what the task now gives: an edited one keeps its text, and remembers what it would be. */
export function regenerated(
  codes: readonly string[],
  texts: Readonly<Record<string, string>>,
  before: readonly Section[],
): readonly Section[] {
  return codes.map((code) => {
    const generated = texts[code] ?? ''
    const own = before.find((section) => section.code === code)
    return own?.isEdited ? { ...own, generated } : { code, text: generated, generated, isEdited: false }
  })
}

/** Sections with some texts in place of their own; a text that is what was generated is not an edit. */
export function edited(
  sections: readonly Section[],
  texts: readonly { readonly code: string; readonly text: string }[],
): readonly Section[] {
  return sections.map((section) => {
    const given = texts.find(({ code }) => code === section.code)
    if (!given) return section
    const text = given.text.normalize('NFC')
    return text === section.generated
      ? { code: section.code, text, generated: text, isEdited: false }
      : { ...section, text, isEdited: true, editedFrom: section.generated }
  })
}

/** The sections that say something else than in the version before, with what they said there. */
export function changedSections(
  now: readonly Pick<Section, 'code' | 'text'>[],
  before: readonly Pick<Section, 'code' | 'text'>[],
): readonly { readonly code: string; readonly before: string }[] {
  return now.flatMap(({ code, text }) => {
    const was = before.find((section) => section.code === code)?.text ?? ''
    return was === text ? [] : [{ code, before: was }]
  })
}

/** Whether somebody wrote a section himself, and what the task gives for it is no longer what he had before him. */
export function isOutdated({ isEdited, editedFrom, generated }: Section): boolean {
  return isEdited && editedFrom !== undefined && editedFrom !== generated
}

/** Why sections cannot be edited so: one of them is none. */
export function whyNotSections(
  sections: readonly Section[],
  texts: readonly { readonly code: string }[],
): Refusal | undefined {
  const unknown = texts.find(({ code }) => !sections.some((section) => section.code === code))
  return unknown && { code: 'scheme.section_unknown', params: { section: unknown.code } }
}

/** Why a scheme does not say what the documents of the place demand (REQ-SCH-1). */
export function whyNotContents(law: Law, place: Place, sections: readonly Section[]): Refusal | undefined {
  const missing = demandedSections(law, place).find(
    (code) => !sections.some((section) => section.code === code && section.text.trim() !== ''),
  )
  return missing === undefined
    ? undefined
    : { code: 'scheme.section_needed', params: { section: missing }, law: CONTENTS }
}
