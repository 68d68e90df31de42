// Small made-up files for the tests, in a folder of their own.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strToU8, zipSync, type Zippable } from 'fflate'
import { openTable, SheetError, type OpenOptions, type Row, type Table } from '../src/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'sunlot-sheets-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
let count = 0

/** The path of a new file with these contents. */
export function fileOf(contents: string | Uint8Array, extension = '.csv'): string {
  const path = join(folder, `${++count}${extension}`)
  writeFileSync(path, contents)
  return path
}

/** A path where nothing is. */
export function freePath(extension: string): string {
  return join(folder, `${++count}${extension}`)
}

/** The folder of the test files. */
export function testFolder(): string {
  return folder
}

/** Everything in a table. */
export interface Whole {
  readonly table: Table
  readonly rows: readonly Row[]
  readonly blank: number
}

/** Reads a whole table. */
export async function readAll(path: string, options: OpenOptions = {}): Promise<Whole> {
  const table = await openTable(path, options)
  const rows: Row[] = []
  let blank = 0
  for await (const batch of table.rows()) {
    rows.push(...batch.rows)
    blank += batch.blank
  }
  return { table, rows, blank }
}

/** The SheetError that reading ends in; fails when there is none. */
export async function refusalOf(path: string, options: OpenOptions = {}): Promise<SheetError> {
  try {
    await readAll(path, options)
  } catch (cause) {
    if (cause instanceof SheetError) return cause
    throw cause
  }
  throw new Error('the file was read without an error')
}

/** A row's defects as `code`, `code:detail`. */
export function defectsOf(row: Row | undefined): readonly string[] {
  return (row?.defects ?? []).map(({ code, detail }) => (detail === undefined ? code : `${code}:${detail}`))
}

/** What a made-up workbook is made of: the inside of its parts. */
export interface Parts {
  readonly sheetData: string
  readonly styles?: string
  readonly sharedStrings?: string
  readonly sheets?: string
  readonly prologue?: string
  readonly more?: Zippable
}

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'

/** A workbook written by hand, for what no library would write. */
export function workbookOf({ sheetData, styles, sharedStrings, sheets, prologue, more }: Parts): Uint8Array {
  return zipSync({
    '[Content_Types].xml': strToU8('<Types/>'),
    '_rels/.rels': relations(relation('rId1', 'officeDocument', 'xl/workbook.xml')),
    'xl/workbook.xml': strToU8(
      `<workbook ${MAIN} xmlns:r="${OFFICE}"><sheets>${sheets ?? '<sheet name="甲" sheetId="1" r:id="rId1"/>'}</sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': relations(
      relation('rId1', 'worksheet', 'worksheets/sheet1.xml'),
      relation('rId2', 'styles', 'styles.xml'),
      relation('rId3', 'sharedStrings', '/xl/sharedStrings.xml'),
    ),
    'xl/styles.xml': strToU8(`<styleSheet ${MAIN}>${styles ?? ''}</styleSheet>`),
    'xl/sharedStrings.xml': strToU8(`<sst ${MAIN}>${sharedStrings ?? ''}</sst>`),
    'xl/worksheets/sheet1.xml': strToU8(
      `${prologue ?? ''}<worksheet ${MAIN}><sheetData>${sheetData}</sheetData></worksheet>`,
    ),
    ...more,
  })
}

function relation(id: string, type: string, target: string): string {
  return `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`
}

function relations(...all: string[]): Uint8Array {
  return strToU8(`<Relationships>${all.join('')}</Relationships>`)
}

/** A cell with its text inline. */
export function inline(reference: string, text: string): string {
  return `<c r="${reference}" t="inlineStr"><is><t>${text}</t></is></c>`
}
