// A CSV or TSV file as records.
import { CsvRecords, EndlessRecord, type CsvRecord } from './csv-records.ts'
import { textChunks, type EncodedFile, type Encoding } from './decode.ts'
import { isSuspect, textDefects, type Defect } from './defects.ts'
import { detectDelimiter } from './delimiter.ts'
import { detectEncoding } from './encoding.ts'
import { SheetError } from './errors.ts'
import type { Limits } from './limits.ts'
import type { RawBatch, RawRecord, RecordFile } from './records.ts'

/** What the caller may state about a CSV file; what is not stated is found out. */
export interface CsvChoice {
  readonly encoding?: Encoding
  readonly delimiter?: string
  readonly bytes: number
  readonly limits: Limits
}

/** Opens a CSV file that begins with `head`. Throws `bad-bytes`, `too-large`. */
export async function openCsv(path: string, head: Uint8Array, choice: CsvChoice): Promise<RecordFile> {
  const file = await detectEncoding(path, head, choice.encoding)
  const sample = await firstText(file)
  const stated = SEPARATOR_LINE.exec(sample)?.[1]
  const delimiter = choice.delimiter ?? stated ?? detectDelimiter(sample)
  return {
    source: { path, kind: 'csv', bytes: choice.bytes, encoding: file.encoding, delimiter },
    records: (width) =>
      withoutFirst(stated !== undefined, readRecords(file, delimiter, choice.limits, width)),
  }
}

// Excel's own mark of the separator, in a first line of its own.
const SEPARATOR_LINE = /^sep=([,;\t])(?:\r|\n|$)/i

async function* withoutFirst(
  isMarked: boolean,
  batches: AsyncGenerator<RawBatch, void, undefined>,
): AsyncGenerator<RawBatch, void, undefined> {
  for await (const batch of batches) {
    yield isMarked ? { ...batch, records: batch.records.filter(({ number }) => number > 1) } : batch
  }
}

async function firstText(file: EncodedFile): Promise<string> {
  for await (const { text } of textChunks(file)) return text
  return ''
}

async function* readRecords(
  file: EncodedFile,
  delimiter: string,
  limits: Limits,
  width: number | undefined,
): AsyncGenerator<RawBatch, void, undefined> {
  const form = { delimiter, maxCharacters: limits.recordCharacters }
  const parser = new CsvRecords(width === undefined ? form : { ...form, width })
  let bytesRead = 0
  let carriesSuspect = false
  try {
    for await (const chunk of textChunks(file)) {
      bytesRead = chunk.bytesRead
      const suspect = isSuspect(chunk.text)
      const look = suspect || carriesSuspect
      const found = parser.push(chunk.text)
      carriesSuspect = suspect || (carriesSuspect && found.length === 0)
      yield { records: found.map((record) => rawRecord(record, look)), bytesRead }
    }
    yield { records: parser.end().map((record) => rawRecord(record, true)), bytesRead }
  } catch (cause) {
    if (!(cause instanceof EndlessRecord)) throw cause
    const params = {
      what: `the record at line ${cause.line}`,
      limit: `${limits.recordCharacters} characters`,
    }
    throw new SheetError('too-large', file.path, params, { row: cause.number })
  }
}

function rawRecord(record: CsvRecord, look: boolean): RawRecord {
  const { number, line, cells } = record
  if (!look && record.flaw === undefined && record.ended) return { number, line, cells }
  const quote: Defect[] = record.flaw ? [{ code: 'quote', detail: record.flaw }] : []
  const defects = [...quote, ...(look ? textDefects(cells) : [])]
  const raw = { number, line, cells, unended: !record.ended }
  return defects.length > 0 ? { ...raw, defects } : raw
}
