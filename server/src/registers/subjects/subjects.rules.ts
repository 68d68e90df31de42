// When a subject may be changed, taken out and put back, and what it must say to be entered.

import { isIdCardNumber } from '@sunlot/draw'
import type { Refusal } from '../../platform/refusal.ts'
import { holdsIdCard } from '../imports/cells.rules.ts'
import { type CodeDefect, judgeCode, keptFlags, type SoundCode } from './code.rules.ts'

/** A subject, as far as decisions about it go. */
export interface SubjectFacts {
  readonly leftOn: string | null
  /** Where it was moved to, where this is no longer its row. */
  readonly movedTo: string | null
  readonly openChanges: readonly string[]
}

/** Why a subject may not be changed: it left the register, or stands in another county now. */
export function whyNotChange({ leftOn, movedTo }: Omit<SubjectFacts, 'openChanges'>): Refusal | undefined {
  if (movedTo !== null) return { code: 'subject.moved', params: { to: movedTo } }
  return leftOn === null ? undefined : { code: 'subject.left', params: { on: leftOn } }
}

/** Why what needs a second person may not be proposed: another proposal about this subject waits. */
export function whyNotPropose(subject: SubjectFacts): Refusal | undefined {
  return whyNotChange(subject) ?? whyNotBeside(subject)
}

/** Why a subject may not be put back: it never left, or that is proposed. */
export function whyNotReturn(subject: SubjectFacts): Refusal | undefined {
  if (subject.movedTo !== null) return { code: 'subject.moved', params: { to: subject.movedTo } }
  if (subject.leftOn === null) return { code: 'subject.not_left' }
  return whyNotBeside(subject)
}

function whyNotBeside({ openChanges }: SubjectFacts): Refusal | undefined {
  return openChanges.length > 0 ? { code: 'subject.change_open' } : undefined
}

/** Shorter than this a purpose says nothing. */
const LEAST_PURPOSE = 4

/** Why a telephone number is not shown: there is none, or nothing was said about what it is for (I17). */
export function whyNotReveal(
  telephone: string | null,
  purpose?: { readonly given: string | undefined },
): Refusal | undefined {
  if (telephone === null) return { code: 'subject.no_telephone' }
  if (purpose && (purpose.given ?? '').trim().length < LEAST_PURPOSE) return { code: 'purpose_needed' }
  return undefined
}

const DEFECTS: Readonly<Record<CodeDefect, string>> = {
  missing: 'subject.code_missing',
  nullWord: 'subject.code_missing',
  idCard: 'subject.code_is_id_card',
  badCheckDigit: 'subject.code_check_digit',
  malformed: 'subject.code_malformed',
}

/** What is entered, as far as its code goes. */
export interface CodeClaim {
  readonly code?: string | undefined
  readonly noCodeReason?: string | undefined
  readonly kind: string
  readonly idCard?: string | undefined
}

// What has no legal person behind its code is numbered by the platform as a matter of course.
const NUMBERED_KINDS: readonly string[] = ['NATURAL_PERSON', 'PRODUCT', 'PROJECT', 'ACTIVITY']

/** The code that somebody gives a new subject, where it has one; why it cannot be entered so. */
export function codeOfNew(claim: CodeClaim): { readonly sound?: SoundCode; readonly refusal?: Refusal } {
  const refusal = whyNotIdCard(claim)
  if (refusal) return { refusal }
  if (claim.code === undefined) {
    const isExplained = NUMBERED_KINDS.includes(claim.kind) || claim.noCodeReason !== undefined
    return isExplained ? {} : { refusal: { code: 'subject.code_missing' } }
  }
  if (claim.kind === 'NATURAL_PERSON') return { refusal: { code: 'subject.person_without_code' } }
  const judged = judgeCode(claim.code)
  if ('defect' in judged) return { refusal: { code: DEFECTS[judged.defect] } }
  return { sound: { ...judged, flags: keptFlags(judged.flags) } }
}

function whyNotIdCard({ idCard, kind }: CodeClaim): Refusal | undefined {
  if (idCard === undefined) return undefined
  if (kind !== 'NATURAL_PERSON') return { code: 'subject.id_card_of_nobody' }
  return isIdCardNumber(idCard.toUpperCase()) ? undefined : { code: 'subject.id_card_wrong' }
}

/** Texts of a subject; lists of words are looked through as well. */
type Texts = Readonly<Record<string, unknown>>

const NUMBER_FIELDS: ReadonlySet<string> = new Set([
  'code',
  'idCard',
  'telephone',
  'divisionCode',
  'ofSubjectId',
])

/** Why a text of a subject cannot stand: somebody's id-card number is in it, as a file's row would be refused for. */
export function whyNotTexts(texts: Texts): Refusal | undefined {
  const found = Object.entries(texts).find(
    ([field, value]) =>
      !NUMBER_FIELDS.has(field) &&
      [value].flat().some((text) => typeof text === 'string' && holdsIdCard(text.normalize('NFKC'))),
  )
  return found && { code: 'subject.holds_id_card', params: { field: found[0] } }
}

/** What ending an authority's supervision by hand depends on. */
export interface SupervisorFacts extends SubjectFacts {
  readonly authorityIds: readonly string[]
  /** Whether a licence of that authority is in force. */
  readonly hasLicence: boolean
}

/** Why an authority may not be taken off a subject: by a licence it supervises, and nobody is left without supervision. */
export function whyNotTakeOff(subject: SupervisorFacts, authorityId: string): Refusal | undefined {
  const refusal = whyNotPropose(subject)
  if (refusal) return refusal
  if (!subject.authorityIds.includes(authorityId)) return { code: 'subject.not_supervised' }
  if (subject.hasLicence) return { code: 'subject.supervised_by_licence' }
  return whyNotFewer(subject.authorityIds)
}

/** Why none of these authorities may be taken off: nobody is left without supervision (避免监管真空). */
export function whyNotFewer(authorityIds: readonly string[]): Refusal | undefined {
  return authorityIds.length < 2 ? { code: 'subject.last_supervisor' } : undefined
}

/** A code for whoever has none: `SL`, the county, and the end of the id. The county is that of entering and stays. */
export function issuedCode(divisionCode: string, id: string): string {
  return `SL${divisionCode}-${id.slice(-12)}`
}

/** A county, or a prefecture that has none under it (东莞市). */
export interface CountyFacts {
  readonly level: string
  readonly status: string
  readonly hasChildren: boolean
}

/** Why a division cannot be that of a subject. `prefix`: what the codes of the authority's own division begin with. */
export function whyNotIn(
  code: string,
  county: CountyFacts | undefined,
  prefix?: string,
): Refusal | undefined {
  if (!county || county.status === 'revoked' || county.level === 'province' || county.hasChildren)
    return { code: 'subject.division_not_county', params: { division: code } }
  return prefix === undefined || code.startsWith(prefix) ? undefined : { code: 'subject.division_outside' }
}

/** Why a subject has no such industry. */
export function whyNotIndustry(
  code: string | null | undefined,
  known: ReadonlyMap<string, unknown>,
): Refusal | undefined {
  return typeof code !== 'string' || known.has(code)
    ? undefined
    : { code: 'subject.industry_unknown', params: { industry: code } }
}
