// What may be wrong with a row of the register, and what a plan may say shall then happen. Without a policy it stops.

import { map, oneOf, type Rule } from './rules.ts'

/** The policies that each defect admits. A defect with none can only be mended in the file. */
export const POLICIES = {
  /** More or fewer cells than the header. */
  wrong_width: ['leave_out'],
  /** Quotes that do not close, or stand inside a field. */
  broken_quotes: ['leave_out'],
  /** Damaged characters (U+FFFD, NUL, control characters) or a spoilt number in a column that the plan uses. */
  damaged_text: ['leave_out'],
  missing_id: ['leave_out'],
  /** The id or a stratum value is a word for "nothing": N/A, NULL, 无 … */
  null_word: ['leave_out'],
  /** Blanks or invisible characters in the id. */
  spaces: ['remove', 'leave_out'],
  full_width: ['as_half', 'leave_out'],
  lower_case: ['as_upper', 'leave_out'],
  /** Eighteen characters that are no credit code: wrong check digit, or a letter that codes do not use. */
  bad_check_digit: ['accept', 'leave_out'],
  /** An id-card number: it may never enter a bundle. */
  id_card_number: ['leave_out'],
  /** Neither credit code nor registration number, but of the grammar of ids. */
  other_id: ['accept', 'leave_out'],
  /** Cannot be an id at all. */
  malformed_id: ['leave_out'],
  missing_stratum: ['leave_out'],
  /** A stratum value that the code table does not have. */
  unknown_stratum: ['leave_out'],
  bad_weight: ['leave_out'],
  unknown_demand: ['leave_out'],
  /** The same id in several rows, also in other spellings. */
  duplicate_id: ['first_wins', 'leave_out'],
  /** An id of the exclusions file that the register does not have. */
  exclusion_unknown: ['ignore'],
} as const satisfies Record<string, readonly string[]>

export type DefectName = keyof typeof POLICIES
export type Policy = (typeof POLICIES)[DefectName][number]

/** The stated policies. */
export type Policies = Readonly<Partial<Record<DefectName, Policy>>>

/** All defects in their order of looking. */
export const DEFECT_NAMES = Object.keys(POLICIES) as DefectName[]

const shape = Object.fromEntries(DEFECT_NAMES.map((name) => [name, oneOf<string>(...POLICIES[name])]))

/** `defects:` of a plan file. */
export const policies: Rule<Policies> = (node) => map({}, shape)(node) as Policies
