// What a plan said when it was sent: every statement about filed lines.

import { sql } from 'kysely'
import type { Reader, Writer } from '../../platform/database/database.ts'
import { grouped } from '../../registers/index.ts'
import type { PlanLine } from '../lines/lines.store.ts'

/** Keeps the lines of a plan as they stand, with the names that things have. */
export async function insertFiledLines(
  writer: Writer,
  filingId: string,
  lines: readonly PlanLine[],
): Promise<void> {
  if (lines.length === 0) return
  await writer
    .insertInto('plans.filing_line')
    .values(
      lines.map((line, at) => ({
        filing_id: filingId,
        ordinal: at + 1,
        line_id: line.id,
        line_version: line.version,
        words: JSON.stringify({ ...line, items: [...line.items.values()] }),
      })),
    )
    .execute()
}

/** A line as it was sent. `isChanged`: it has since been amended, or taken out of its plan. */
export type FiledLine = PlanLine & { readonly filingId: string; readonly isChanged: boolean }

/** The lines of filings as they were sent, by filing, in order. Asks for no reach: of filings that were found within one. */
export async function filedLinesOf(
  reader: Reader,
  filingIds: readonly string[],
): Promise<ReadonlyMap<string, readonly FiledLine[]>> {
  const rows = await reader
    .selectFrom('plans.filing_line as f')
    .innerJoin('plans.plan_line as l', 'l.id', 'f.line_id')
    .select(['f.filing_id as filingId', 'f.words', 'f.line_version as sent', 'l.version', 'l.state'])
    .where(sql<boolean>`f.filing_id = any(${[...filingIds]}::uuid[])`)
    .orderBy('f.filing_id')
    .orderBy('f.ordinal')
    .execute()
  const lines = rows.map(({ filingId, words, sent, version, state }) => {
    const line = words as unknown as PlanLine & { readonly items: readonly { readonly id: string }[] }
    return {
      ...line,
      items: new Map(line.items.map((item) => [item.id, item])),
      filingId,
      isChanged: version !== sent || state === 'ended',
    } as unknown as FiledLine
  })
  return grouped(lines, ({ filingId }) => filingId)
}
