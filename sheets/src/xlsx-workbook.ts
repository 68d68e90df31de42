// What stands around the rows of an .xlsx: its sheets, number formats and shared strings.
import { numberStyle, type NumberStyle } from './cell-text.ts'
import { SheetError } from './errors.ts'
import { attribute, unescapeOffice } from './xml-scan.ts'
import { scanPart, wholeXml, xmlSlices } from './xml-text.ts'
import type { Zip } from './zip.ts'

/** A sheet of the workbook and its part. */
export interface SheetPart {
  readonly name: string
  readonly part: string
  readonly visible: boolean
}

/** The workbook without its rows. */
export interface Workbook {
  readonly zip: Zip
  readonly sheets: readonly SheetPart[]
  readonly is1904: boolean
  /** By style index of a cell. */
  readonly styles: readonly NumberStyle[]
  readonly sharedStringsPart: string | undefined
}

/** Reads the workbook's plan. Throws `workbook-damaged`, `not-a-table`, and as `wholeXml`. */
export async function readWorkbook(zip: Zip): Promise<Workbook> {
  refuseOtherContainers(zip)
  const main = (await relationships(zip, '')).find(({ type }) => type === 'officeDocument')?.part
  if (main === undefined || !zip.has(main)) throw damaged(zip, '_rels/.rels', 'it names no workbook')
  const parts = await relationships(zip, main)
  const { sheets, is1904 } = await readPlan(zip, main, parts)
  if (sheets.length === 0) throw damaged(zip, main, 'it has no sheets')
  const stylesPart = parts.find(({ type }) => type === 'styles')?.part
  return {
    zip,
    sheets,
    is1904,
    styles: stylesPart !== undefined && zip.has(stylesPart) ? await readStyles(zip, stylesPart) : [],
    sharedStringsPart: parts.find(({ type }) => type === 'sharedStrings')?.part,
  }
}

/** The shared strings by index, phonetic guides left out. */
export async function readSharedStrings({ zip, sharedStringsPart }: Workbook): Promise<readonly string[]> {
  const strings: string[] = []
  if (sharedStringsPart === undefined || !zip.has(sharedStringsPart)) return strings
  let text = ''
  let inText = false
  let inPhonetic = false
  const handlers = {
    open(name: string): void {
      if (name === 'si') text = ''
      else if (name === 'rPh') inPhonetic = true
      else if (name === 't') inText = !inPhonetic
    },
    text(piece: string): void {
      if (inText) text += piece
    },
    close(name: string): void {
      if (name === 'si') strings.push(unescapeOffice(text))
      else if (name === 'rPh') inPhonetic = false
      else if (name === 't') inText = false
    },
  }
  for await (const slice of xmlSlices(zip, sharedStringsPart))
    scanPart(zip, sharedStringsPart, slice, handlers)
  return strings
}

function refuseOtherContainers(zip: Zip): void {
  const found = [
    ['xl/workbook.bin', 'a binary workbook (.xlsb)'],
    ['word/document.xml', 'a Word document'],
    ['ppt/presentation.xml', 'a presentation'],
    ['content.xml', 'an OpenDocument file (.ods)'],
  ].find(([part]) => zip.has(part!))?.[1]
  if (found !== undefined) throw new SheetError('not-a-table', zip.path, { found })
  if (!zip.has('_rels/.rels')) throw new SheetError('not-a-table', zip.path, { found: 'a ZIP archive' })
}

interface Relationship {
  readonly id: string
  readonly type: string
  readonly part: string
}

async function relationships(zip: Zip, part: string): Promise<readonly Relationship[]> {
  const folder = part.slice(0, part.lastIndexOf('/') + 1)
  const name = `${folder}_rels/${part.slice(folder.length)}.rels`
  const found: Relationship[] = []
  if (!zip.has(name)) return found
  await eachElement(zip, name, (element, attributes) => {
    if (element !== 'Relationship') return
    found.push({
      id: attribute(attributes, 'Id') ?? '',
      type: (attribute(attributes, 'Type') ?? '').split('/').at(-1) ?? '',
      part: resolved(folder, attribute(attributes, 'Target') ?? ''),
    })
  })
  return found
}

function resolved(folder: string, target: string): string {
  const path = target.replaceAll('\\', '/')
  const steps: string[] = []
  for (const step of (path.startsWith('/') ? path : folder + path).split('/')) {
    if (step === '..') steps.pop()
    else if (step !== '' && step !== '.') steps.push(step)
  }
  return steps.join('/')
}

async function readPlan(
  zip: Zip,
  main: string,
  parts: readonly Relationship[],
): Promise<Pick<Workbook, 'sheets' | 'is1904'>> {
  const sheets: SheetPart[] = []
  let is1904 = false
  await eachElement(zip, main, (element, attributes) => {
    if (element === 'workbookPr') is1904 = /^(?:1|true)$/.test(attribute(attributes, 'date1904') ?? '')
    if (element !== 'sheet') return
    const id = attribute(attributes, ':id')
    const found = parts.find((one) => one.id === id)
    // Chart sheets and dialogs hold no rows.
    if (found?.type !== 'worksheet') return
    const visible = (attribute(attributes, 'state') ?? 'visible') === 'visible'
    sheets.push({ name: attribute(attributes, 'name') ?? '', part: found.part, visible })
  })
  return { sheets, is1904 }
}

async function readStyles(zip: Zip, part: string): Promise<readonly NumberStyle[]> {
  const formats = new Map<number, string>()
  const styles: NumberStyle[] = []
  let inCellFormats = false
  await eachElement(
    zip,
    part,
    (element, attributes) => {
      const id = Number(attribute(attributes, 'numFmtId') ?? 0)
      if (element === 'numFmt') formats.set(id, attribute(attributes, 'formatCode') ?? '')
      else if (element === 'cellXfs') inCellFormats = true
      else if (element === 'xf' && inCellFormats) styles.push(numberStyle(id, formats.get(id)))
    },
    (element) => {
      if (element === 'cellXfs') inCellFormats = false
    },
  )
  return styles
}

async function eachElement(
  zip: Zip,
  part: string,
  open: (name: string, attributes: string) => void,
  close: (name: string) => void = () => {},
): Promise<void> {
  scanPart(zip, part, await wholeXml(zip, part), { open, close, text: () => {} })
}

function damaged(zip: Zip, part: string, reason: string): SheetError {
  return new SheetError('workbook-damaged', zip.path, { part, reason })
}
