// The id of a subject as a cell has it: which spelling it is, and what is wrong with it.

import type { DefectName } from '../plan-file/index.ts'
import { isCreditCode, isIdCardNumber } from './credit-code.ts'

/** A judged id. `text` is the one spelling of this id: half-width, upper case, without blanks. */
export interface JudgedId {
  readonly text: string
  /** In the order in which policies are asked; empty for a sound id. */
  readonly defects: readonly DefectName[]
  /** Whether `text` is of the grammar of ids. */
  readonly usable: boolean
}

/** Words that offices and their databases write for "nothing". */
const NULL_WORDS = new Set(
  'N/A NA #N/A NULL NONE NIL NAN UNDEFINED - -- — —— / \\ ? 无 暂无 没有 空 未知 不详 未提供 \\N (NULL) <NULL>'.split(
    ' ',
  ),
)

/** Whether a cell says "nothing". */
export function isNullWord(cell: string): boolean {
  return NULL_WORDS.has(cell.trim().toUpperCase())
}

const NONE: readonly DefectName[] = []
const CODE = /^[0-9A-Z]{18}$/
const REGISTRATION_NUMBER = /^[0-9]{13,15}$/
const ID = /^[0-9A-Za-z._:-]{1,55}$/
const BLANKS = /[\s\u200b-\u200f\u2060\ufeff]/
const ALL_BLANKS = new RegExp(BLANKS, 'g')
const WIDE = /[\uff01-\uff5e]/
const ALL_WIDE = new RegExp(WIDE, 'g')
const LOWER = /[a-z]/

/** Judges the cell of an id. Credit codes and 13- to 15-digit registration numbers (注册号) are sound. */
export function judgeId(cell: string): JudgedId {
  if (isCreditCode(cell) || REGISTRATION_NUMBER.test(cell)) return { text: cell, defects: NONE, usable: true }
  const defects: DefectName[] = []
  let text = cell
  if (BLANKS.test(text)) {
    text = text.replaceAll(ALL_BLANKS, '')
    if (text !== '') defects.push('spaces')
  }
  if (text === '') return { text, defects: ['missing_id'], usable: false }
  if (isNullWord(text)) return { text, defects: ['null_word'], usable: false }
  if (WIDE.test(text)) {
    text = text.replaceAll(ALL_WIDE, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    defects.push('full_width')
  }
  if (LOWER.test(text)) {
    text = text.toUpperCase()
    defects.push('lower_case')
  }
  const kind = kindOf(text)
  if (kind) defects.push(kind)
  return { text, defects, usable: kind !== 'malformed_id' && kind !== 'id_card_number' }
}

function kindOf(text: string): DefectName | undefined {
  if (isCreditCode(text) || REGISTRATION_NUMBER.test(text)) return undefined
  if (isIdCardNumber(text)) return 'id_card_number'
  if (CODE.test(text)) return 'bad_check_digit'
  return ID.test(text) ? 'other_id' : 'malformed_id'
}
