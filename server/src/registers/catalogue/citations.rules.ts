// 依据库: what an instrument is worth on a day, and which citations are known to be wrong.

import { codesOn, type Law } from '../../law/index.ts'
import type { Refusal } from '../../platform/refusal.ts'

/** A citation, as far as decisions about it go. Days as YYYY-MM-DD. */
export interface CitationFacts {
  readonly title: string
  readonly inForceFrom: string | null
  readonly inForceUntil: string | null
  readonly repealedById: string | null
  readonly doubtful: boolean
}

/** What a citation is on a day. `unchecked`: nobody has entered since when it is in force. */
export const STANDINGS = ['inForce', 'unchecked', 'notYet', 'over', 'repealed', 'doubtful'] as const
export type Standing = (typeof STANDINGS)[number]

/** A citation that was seen in documents and is wrong; `matches` is compared with number and title. */
export interface Doubt {
  readonly matches: string
  readonly note: string
}

/** What the citation is on a day (YYYY-MM-DD). */
export function standingOf(citation: Omit<CitationFacts, 'title'>, on: string): Standing {
  const { inForceFrom, inForceUntil, repealedById, doubtful } = citation
  if (inForceUntil !== null && inForceUntil < on) return repealedById === null ? 'over' : 'repealed'
  if (doubtful) return 'doubtful'
  if (inForceFrom === null) return 'unchecked'
  return inForceFrom > on ? 'notYet' : 'inForce'
}

/** The citations that the law of a day knows to be doubtful. */
export function doubtsOf(law: Law, on: string): readonly Doubt[] {
  return codesOn(law, 'doubtful-citations', on).flatMap(({ attributes, label }) => {
    const matches = attributes['matches']
    return typeof matches === 'string' ? [{ matches, note: label['zh-CN'] }] : []
  })
}

/** Why a citation is doubtful, in words; undefined where nothing is known against it. */
export function doubtAbout(
  citation: { readonly title: string; readonly documentNumber: string | null },
  doubts: readonly Doubt[],
): string | undefined {
  const texts = [plain(citation.title), plain(citation.documentNumber ?? '')]
  return doubts.find(({ matches }) => texts.some((text) => text.includes(plain(matches))))?.note
}

/** Why the days and the successor of a citation cannot be as they are said. */
export function whyNotCited(citation: {
  readonly id?: string
  readonly inForceFrom: string | null
  readonly inForceUntil: string | null
  readonly repealedById: string | null
}): Refusal | undefined {
  const { inForceFrom, inForceUntil, repealedById } = citation
  if (inForceFrom !== null && inForceUntil !== null && inForceUntil < inForceFrom)
    return { code: 'citation.ends_before_it_begins' }
  if (repealedById !== null && repealedById === citation.id) return { code: 'citation.repeals_itself' }
  return repealedById !== null && inForceUntil === null ? { code: 'citation.repeal_day_needed' } : undefined
}

/** Why a doubt may not be taken away: the law's own list has the citation. */
export function whyNotTrusted(known: string | undefined, wanted: boolean | undefined): Refusal | undefined {
  return known !== undefined && wanted === false
    ? { code: 'citation.known_doubtful', params: { note: known } }
    : undefined
}

/** Offices write brackets and blanks in every way. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/[〔[【(（]/g, '〔')
    .replaceAll(/[〕\]】)）]/g, '〕')
    .replaceAll(/[\s《》]/g, '')
}
