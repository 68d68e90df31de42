// The rows of one sheet's XML, cell by cell; empty cells cost nothing.
import { numberText, type CellText } from './cell-text.ts'
import { textDefects, type Defect } from './defects.ts'
import { SheetError } from './errors.ts'
import { SHEET_COLUMNS, SHEET_ROWS } from './limits.ts'
import type { RawRecord } from './records.ts'
import type { Workbook } from './xlsx-workbook.ts'
import { attribute, unescapeOffice, type XmlHandlers } from './xml-scan.ts'
import { scanPart } from './xml-text.ts'

const PLAIN = { kind: 'plain' } as const

/** Takes a sheet's XML in slices and gives the rows that each completes. Throws `workbook-damaged`. */
export class SheetRows {
  readonly #workbook: Workbook
  readonly #part: string
  readonly #strings: readonly string[]
  #records: RawRecord[] = []
  #row = 0
  #column = 0
  #cells: string[] = []
  #columns: number[] = []
  #defects: Defect[] = []
  #inRow = false
  #inCell = false
  #hasFormula = false
  #inPhonetic = false
  #ended = false
  #type = ''
  #style = 0
  /** Which text is being read: of a value, of an inline string, or none. */
  #reading: 'v' | 't' | '' = ''
  #value = ''
  #hasValue = false

  constructor(workbook: Workbook, part: string, strings: readonly string[]) {
    this.#workbook = workbook
    this.#part = part
    this.#strings = strings
  }

  readonly #handlers: XmlHandlers = {
    open: (name, attributes) => this.#open(name, attributes),
    text: (text) => {
      if (this.#reading !== '') this.#value += text
    },
    close: (name) => this.#close(name),
  }

  /** The rows completed by this slice. */
  push(slice: string): readonly RawRecord[] {
    this.#records = []
    scanPart(this.#workbook.zip, this.#part, slice, this.#handlers)
    return this.#records
  }

  /** To be called after the last slice: throws when the sheet did not end. */
  end(): void {
    if (!this.#ended) throw this.#damaged('the sheet ends in the middle')
  }

  #open(name: string, attributes: string): void {
    if (name === 'c' && this.#inRow) this.#openCell(attributes)
    else if (name === 'v' && this.#inCell) this.#reading = 'v'
    else if (name === 't' && this.#inCell && !this.#inPhonetic) this.#reading = 't'
    else if (name === 'rPh') this.#inPhonetic = true
    else if (name === 'f' && this.#inCell) this.#hasFormula = true
    else if (name === 'row') this.#openRow(attributes)
  }

  #close(name: string): void {
    if (name === 'c' && this.#inCell) this.#closeCell()
    else if (name === 'v' || name === 't') {
      this.#hasValue ||= this.#reading !== ''
      this.#reading = ''
    } else if (name === 'rPh') this.#inPhonetic = false
    else if (name === 'row') this.#closeRow()
    else if (name === 'worksheet') this.#ended = true
  }

  #openRow(attributes: string): void {
    const stated = attribute(attributes, 'r')
    const number = stated === undefined ? this.#row + 1 : Number(stated)
    if (!Number.isInteger(number) || number <= this.#row || number > SHEET_ROWS) {
      throw this.#damaged(`row "${stated}" after row ${this.#row}`)
    }
    this.#row = number
    this.#column = 0
    this.#cells = []
    this.#columns = []
    this.#defects = []
    this.#inRow = true
  }

  #closeRow(): void {
    if (!this.#inRow) return
    this.#inRow = false
    if (this.#cells.length === 0 && this.#defects.length === 0) return
    const damage = textDefects(this.#cells).map((defect) => ({
      ...defect,
      column: this.#columns[defect.column! - 1]!,
    }))
    const defects = [...this.#defects, ...damage]
    const record = { number: this.#row, cells: this.#cells, columns: this.#columns }
    this.#records.push(defects.length > 0 ? { ...record, defects } : record)
  }

  #openCell(attributes: string): void {
    const reference = attribute(attributes, 'r')
    const column = reference === undefined ? this.#column + 1 : columnOfReference(reference)
    if (column <= this.#column || column > SHEET_COLUMNS) {
      throw this.#damaged(`cell "${reference ?? column}" after column ${this.#column} of row ${this.#row}`)
    }
    this.#column = column
    this.#inCell = true
    this.#hasFormula = false
    this.#hasValue = false
    this.#type = attribute(attributes, 't') ?? 'n'
    this.#style = Number(attribute(attributes, 's') ?? 0)
    this.#value = ''
  }

  #closeCell(): void {
    this.#inCell = false
    const { text, defect } = this.#hasValue ? this.#cellText() : this.#absentText()
    if (defect) this.#defects.push({ code: defect, column: this.#column })
    if (text === '') return
    this.#cells.push(text)
    this.#columns.push(this.#column)
  }

  #absentText(): CellText {
    return this.#hasFormula ? { text: '', defect: 'formula-uncached' } : { text: '' }
  }

  #cellText(): CellText {
    const value = this.#value
    switch (this.#type) {
      case 's':
        return { text: this.#sharedString(value) }
      case 'str':
      case 'inlineStr':
        return { text: unescapeOffice(value) }
      case 'b':
        return { text: value === '1' || value === 'true' ? 'TRUE' : 'FALSE' }
      case 'e':
        return { text: value, defect: 'formula-error' }
      case 'd':
        return { text: value.replace(/T00:00:00(?:\.0+)?Z?$/, '') }
      default:
        return numberText(value, this.#workbook.styles[this.#style] ?? PLAIN, this.#workbook.is1904)
    }
  }

  #sharedString(index: string): string {
    const text = this.#strings[Number(index)]
    if (text === undefined) throw this.#damaged(`shared string ${index} of ${this.#strings.length} is absent`)
    return text
  }

  #damaged(reason: string): SheetError {
    const place = this.#row > 0 ? { row: this.#row } : {}
    return new SheetError('workbook-damaged', this.#workbook.zip.path, { part: this.#part, reason }, place)
  }
}

// A1 is column 1; 0 where the reference is malformed.
function columnOfReference(reference: string): number {
  let column = 0
  for (let at = 0; at < reference.length; at++) {
    const letter = reference.charCodeAt(at) & ~0x20
    if (letter < 65 || letter > 90) return at > 0 && at < 4 ? column : 0
    column = column * 26 + letter - 64
  }
  return 0
}
