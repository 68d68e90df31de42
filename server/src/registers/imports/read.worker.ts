// The thread that reads an uploaded file: whatever the file costs, it costs it here, within limits.

import { parentPort, workerData } from 'node:worker_threads'
import { type Row, SheetError, type Table } from '@sunlot/sheets'
import { openBelowTitle, sheetRefusal } from '../../platform/files/tables.ts'
import { initialsOf } from '../pinyin.ts'
import { machineClock } from '../../platform/clock.ts'
import { idsOf } from '../../platform/ids.ts'
import type { CellBatch, ReadingTask, Said, Sheet } from './reading.rules.ts'
import { batchOf } from './subject-batch.rules.ts'
import { subjectReader } from './subject-row.rules.ts'

// threats.md O8; a register as CSV streams, and is bounded by the upload.
const LIMITS = { rows: 20_000_000, columns: 1024 }
const BATCH = 4_000
const SAMPLE_ROWS = 20
const MOST_SHOWN = 60

const newId = idsOf(machineClock)
const port = parentPort
if (!port) throw new Error('this file is a thread')
const say = (said: Said): void => port.postMessage(said)

try {
  await work(workerData as ReadingTask)
  say({ kind: 'end' })
} catch (error) {
  if (!(error instanceof SheetError)) throw error
  say({ kind: 'refused', refusal: sheetRefusal(error) })
}

async function work({ path, opening, task }: ReadingTask): Promise<void> {
  const table = await openBelowTitle(path, { ...opening, limits: LIMITS })
  switch (task.kind) {
    case 'look':
      return say({ kind: 'looked', sheet: await lookAt(table) })
    case 'subjects': {
      const { reading, divisions, industries } = task
      const read = subjectReader(reading, { divisions, industries, initialsOf })
      return inBatches(table, async (rows, far) => {
        say({
          kind: 'subjects',
          batch: batchOf(
            rows.map((row) => read(row)),
            newId,
          ),
          ...far,
        })
        await asked()
      })
    }
    case 'cells':
      return inBatches(table, async (rows, far) => {
        say({ kind: 'cells', batch: cellsIn(rows, task.columns), ...far })
        await asked()
      })
  }
}

async function lookAt(table: Table): Promise<Sheet> {
  const { header, source } = table
  const sample: (readonly string[])[] = []
  for await (const batch of table.rows()) {
    sample.push(...batch.rows.slice(0, SAMPLE_ROWS - sample.length).map(({ cells }) => cells.map(short)))
    if (sample.length >= SAMPLE_ROWS) break
  }
  return {
    kind: source.kind,
    encoding: source.encoding,
    delimiter: source.delimiter,
    sheet: source.sheet,
    sheets: source.sheets,
    headerRow: source.headerRow,
    header: header.map(short),
    sample,
    bytes: source.bytes,
  }
}

async function inBatches(
  table: Table,
  send: (rows: readonly Row[], far: { readonly bytesRead: number; readonly blank: number }) => Promise<void>,
): Promise<void> {
  let rows: Row[] = []
  let blank = 0
  let bytesRead = 0
  for await (const batch of table.rows()) {
    blank += batch.blank
    bytesRead = batch.bytesRead
    for (let from = 0; from < batch.rows.length; from += BATCH) {
      rows =
        rows.length === 0
          ? (batch.rows.slice(from, from + BATCH) as Row[])
          : [...rows, ...batch.rows.slice(from, from + BATCH)]
      if (rows.length < BATCH) continue
      await send(rows, { bytesRead, blank })
      rows = []
      blank = 0
    }
  }
  if (rows.length > 0 || blank > 0) await send(rows, { bytesRead, blank })
}

function asked(): Promise<void> {
  return new Promise((go) => port!.once('message', () => go()))
}

function cellsIn(rows: readonly Row[], columns: Readonly<Record<string, number>>): CellBatch {
  const fields = Object.entries(columns)
  return {
    rows: rows.map(({ number, cells, defects }) => ({
      row: number,
      cells: Object.fromEntries(
        fields.map(([field, at]) => [field, (cells[at] ?? '').normalize('NFC').trim()]),
      ),
      reasons: (defects ?? [])
        .filter(({ code }) => code !== 'width')
        .map(({ code }) => ({ code: `row_${code.replaceAll('-', '_')}` })),
    })),
  }
}

function short(text: string): string {
  return text.slice(0, MOST_SHOWN)
}
