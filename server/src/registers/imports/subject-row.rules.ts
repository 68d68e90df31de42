// One row of an office's list of subjects: what it says, in the columns of registers.subject, or why it is not taken.

import { isIdCardNumber, isNullWord } from '@sunlot/draw'
import type { Row } from '@sunlot/sheets'
import type { Divisions, Industries } from '../../law/index.ts'
import { divisionPrefix } from '../../platform/reach.ts'
import type { Params } from '../../platform/refusal.ts'
import { judgeCode, keptFlags } from '../subjects/code.rules.ts'
import { entityTypeOf } from '../subjects/entity-type.rules.ts'
import { industryOf } from '../subjects/industry.rules.ts'
import { countyFinder } from '../subjects/place.rules.ts'
import { classOf, dayIn, holdsIdCard, registrationStateOf, withoutPersonal } from './cells.rules.ts'
import type { Columns, SubjectField } from './fields.rules.ts'

/** Why a row, or a cell of it, was not taken. `column`: the title of the column, where one is at fault. */
export interface RowReason {
  readonly code: string
  readonly column?: string
  readonly value?: string
  readonly params?: Params
}

/** How a file's rows are to be understood. */
export interface SubjectReading {
  readonly columns: Columns
  readonly header: readonly string[]
  /** stated: all of the file belongs to `divisionCode`; resolve: each row says where it is. */
  readonly division: 'stated' | 'resolve'
  readonly divisionCode: string
  /** Rows without any code are given one, instead of being rejected. */
  readonly issueCodes: boolean
  readonly pool?: string | undefined
  readonly tag?: string | undefined
  readonly authorityId: string
  /** Nothing is entered: a row is compared wherever it is, and what is known of its place is noted. */
  readonly isOnlyCompared?: boolean
}

/** A row as it would enter the register. */
export interface SubjectRow {
  readonly row: number
  readonly code: string | null
  readonly name: string
  readonly divisionCode: string
  readonly rejected: boolean
  readonly reasons: readonly RowReason[]
  /** Columns of registers.subject, named as there. */
  readonly fields: Readonly<Record<string, unknown>>
  readonly personal?: { readonly telephone?: string; readonly idCard?: string }
}

/** What reading rows needs of its surroundings. */
export interface SubjectTools {
  readonly divisions: Divisions
  readonly initialsOf: (name: string) => string
  readonly industries: Industries
}

/** Prepares the reading of a file's rows. */
export function subjectReader(reading: SubjectReading, tools: SubjectTools): (row: Row) => SubjectRow {
  const { columns, header } = reading
  const within = divisionPrefix(reading.divisionCode)
  const countyOf = countyFinder(tools.divisions)
  const industryCode = (text: string): string | undefined => {
    const found = industryOf(text, tools.industries)
    return 'code' in found ? found.code : undefined
  }
  return (row) => {
    const reasons: RowReason[] = []
    const note = (code: string, field?: SubjectField, value?: string): void => {
      const at = field === undefined ? undefined : columns[field]
      reasons.push({
        code,
        ...(at === undefined ? {} : { column: header[at] ?? '' }),
        ...(value === undefined ? {} : { value: value.slice(0, 40) }),
      })
    }
    const cell = (field: SubjectField): string => tidy(row.cells[columns[field] ?? -1])
    const reject = (name = ''): SubjectRow => ({
      row: row.number,
      code: null,
      name: name.slice(0, 200),
      divisionCode: reading.divisionCode,
      rejected: true,
      reasons,
      fields: {},
    })

    const broken = shapeOf(row, header)
    if (broken) {
      reasons.push(broken)
      return reject()
    }
    const name = cell('name')
    const judged = codeIn(row.cells[columns['code'] ?? -1] ?? '', cell('registrationNumber'))
    // Beside a code it is the number of somebody who acts for the subject, not the subject's own.
    const idCard = 'defect' in judged ? cell('id_card').toUpperCase() : ''
    const isPerson = isIdCardNumber(idCard)
    if (idCard !== '' && !isPerson) {
      note('id_card_wrong', 'id_card')
      return reject(withoutPersonal(cell('name')))
    }
    if ('defect' in judged && !(judged.isAbsent && (reading.issueCodes || isPerson))) {
      note(`code_${judged.defect}`, 'code', judged.isAbsent ? undefined : withoutPersonal(judged.shown))
      return reject(withoutPersonal(name))
    }
    if (name === '' || name.length > 200) {
      note(name === '' ? 'name_missing' : 'name_too_long', 'name')
      return reject()
    }
    if (UNSAFE.test(name)) {
      note('name_unsafe', 'name')
      return reject(name.replaceAll(new RegExp(UNSAFE, 'gu'), '·'))
    }
    if (holdsIdCard(name)) {
      note('name_holds_number', 'name')
      return reject(withoutPersonal(name))
    }
    const code = 'defect' in judged ? null : judged.code
    const flags: string[] = 'defect' in judged ? [] : [...keptFlags(judged.flags)]
    const found =
      reading.division === 'stated'
        ? { divisionCode: reading.divisionCode, basis: 'stated' as const, flags: [] }
        : countyOf({
            address: cell('premises') || cell('registered_address'),
            province: cell('province'),
            prefecture: cell('prefecture'),
            county: cell('county'),
            code: code ?? '',
          })
    const isWithin = found?.divisionCode.startsWith(within) === true
    if (!isWithin && !reading.isOnlyCompared) {
      note(found ? 'county_elsewhere' : 'county_unknown', 'registered_address', found?.divisionCode)
      return reject(name)
    }
    // The digits of a code alone are no news: they name the registrar.
    if (!isWithin && found && found.basis !== 'registrar')
      note('placed_elsewhere', 'registered_address', found.divisionCode)
    const place = isWithin ? found : { divisionCode: reading.divisionCode, basis: 'stated', flags: [] }
    flags.push(...place.flags)

    const type = cell('registered_type')
    const { kind, entityType } = isPerson
      ? ({ kind: 'NATURAL_PERSON', entityType: 'other' } as const)
      : entityTypeOf(type, code ?? '', name)
    const fields: Record<string, unknown> = {
      code_kind: 'defect' in judged ? 'issued' : judged.kind,
      name,
      initials: tools.initialsOf(name),
      // What the file does not say is guessed for whoever is new, and changes nobody who is known.
      ...(type === '' && !isPerson
        ? { guess: { kind, entity_type: entityType } }
        : { kind, entity_type: entityType }),
      division_basis: place.basis,
      flags,
      authority_ids: [reading.authorityId],
    }
    const take = (column: string, value: unknown): void => {
      if (value !== undefined && value !== '') fields[column] = value
    }
    const text = (field: SubjectField, most: number): void => {
      const value = cell(field)
      if (value.length > most) note('too_long', field)
      else if (holdsIdCard(value)) note('holds_number', field)
      else take(field, value)
    }
    const read = (field: SubjectField, parse: (cell: string) => string | undefined): void => {
      const value = cell(field)
      if (value === '') return
      const parsed = parse(value)
      if (parsed === undefined) note(`${field}_not_understood`, field, withoutPersonal(value))
      else take(field === 'industry' ? 'industry_code' : field, parsed)
    }
    if (type.length <= 200) take('registered_type', type)
    text('legal_representative', 200)
    text('registered_address', 500)
    text('business_scope', 20_000)
    text('registered_capital', 100)
    text('station', 100)
    text('risk_grade', 20)
    read('established_on', dayIn)
    read('industry', industryCode)
    read('credit_class', classOf)
    read('registration_state', registrationStateOf)
    read('township', (value) => (/^\d{9}(?:\d{3})?$/.test(value) ? value : undefined))
    if ('township' in fields) {
      fields['township_code'] = fields['township']
      delete fields['township']
    }
    if (reading.pool !== undefined) fields['pools'] = [reading.pool]
    if (reading.tag !== undefined) fields['tags'] = [reading.tag]
    const premises = cell('premises')
    if (premises !== '' && premises.length <= 500) fields['premises'] = premises
    const licence = licenceIn(cell)
    if (licence) fields['licence'] = licence
    const telephone = cell('telephone')
    return {
      row: row.number,
      code,
      name,
      divisionCode: place.divisionCode,
      rejected: false,
      reasons,
      fields,
      ...(telephone !== '' || isPerson
        ? { personal: { ...(telephone === '' ? {} : { telephone }), ...(isPerson ? { idCard } : {}) } }
        : {}),
    }
  }
}

// Characters that make a name look like another: control, format and direction characters, lines.
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u

function tidy(cell: string | undefined): string {
  if (cell === undefined || cell === '') return ''
  const text = cell.normalize('NFC').trim()
  return isNullWord(text) ? '' : text
}

function codeIn(code: string, number: string) {
  const first = judgeCode(code)
  if (!('defect' in first)) return first
  const isAbsent = first.defect === 'missing' || first.defect === 'nullWord'
  if (isAbsent && number !== '') {
    const second = judgeCode(number)
    if (!('defect' in second)) return second
    return { ...second, shown: number, isAbsent: false }
  }
  return { ...first, shown: code, isAbsent }
}

/** Damage that makes a row untrustworthy: of its shape, or of its characters in whatever column. */
function shapeOf({ cells, defects }: Row, header: readonly string[]): RowReason | undefined {
  const defect = defects?.find(({ code }) => FATAL.has(code))
  if (!defect) return undefined
  const at = defect.column === undefined ? undefined : defect.column - 1
  return {
    code: `row_${defect.code.replaceAll('-', '_')}`,
    ...(at === undefined ? {} : { column: header[at] ?? '' }),
    ...(defect.found === undefined ? {} : { value: `${defect.found}/${defect.expected ?? ''}` }),
    ...(at === undefined || defect.found !== undefined ? {} : { value: printable(cells[at] ?? '') }),
  }
}

const FATAL: ReadonlySet<string> = new Set(['width', 'quote', 'cut', 'replacement', 'control', 'bom'])

function printable(text: string): string {
  // oxlint-disable-next-line no-control-regex -- what damaged the row is shown as a dot
  return text.slice(0, 40).replaceAll(/[\u0000-\u001f\u007f-\u009f\ud800-\udfff]/g, '·')
}

function licenceIn(cell: (field: SubjectField) => string) {
  const [kind, number] = [cell('licence_kind'), cell('licence_number')]
  if (kind === '' || number === '' || kind.length > 100 || number.length > 100) return undefined
  return {
    kind,
    number,
    valid_from: dayIn(cell('licence_from')) ?? null,
    // 长期: offices write a year beyond all others.
    valid_until: untilIn(cell('licence_until')),
  }
}

function untilIn(text: string): string | null {
  const day = dayIn(text)
  return day === undefined || day.startsWith('9999') ? null : day
}
