// The id of a subject as a cell has it: which spelling it is, and what is wrong with it.

import {
  halfWidth,
  isCreditCode,
  isIdCardNumber,
  isNullWord,
  isRegistrationNumber,
  withoutBlanks,
} from '@sunlot/draw'
import type { DefectName } from '../plan-file/index.ts'

/** A judged id. `text` is the one spelling of this id: half-width, upper case, without blanks. */
export interface JudgedId {
  readonly text: string
  /** In the order in which policies are asked; empty for a sound id. */
  readonly defects: readonly DefectName[]
  /** Whether `text` is of the grammar of ids. */
  readonly usable: boolean
}

const NONE: readonly DefectName[] = []
const CODE = /^[0-9A-Z]{18}$/
const ID = /^[0-9A-Za-z._:-]{1,55}$/
const LOWER = /[a-z]/

/** Judges the cell of an id. Credit codes and 13- to 15-digit registration numbers (注册号) are sound. */
export function judgeId(cell: string): JudgedId {
  if (isCreditCode(cell) || isRegistrationNumber(cell)) return { text: cell, defects: NONE, usable: true }
  const defects: DefectName[] = []
  let text = withoutBlanks(cell)
  if (text !== cell && text !== '') defects.push('spaces')
  if (text === '') return { text, defects: ['missing_id'], usable: false }
  if (isNullWord(text)) return { text, defects: ['null_word'], usable: false }
  const narrow = halfWidth(text)
  if (narrow !== text) {
    text = narrow
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
  if (isCreditCode(text) || isRegistrationNumber(text)) return undefined
  if (isIdCardNumber(text)) return 'id_card_number'
  if (CODE.test(text)) return 'bad_check_digit'
  return ID.test(text) ? 'other_id' : 'malformed_id'
}
