// Reads a table of codes: Chinese values on the left, the ASCII codes that enter the lists on the right.

import { columnOf, openTable } from '@sunlot/sheets'
import { CommandError } from '../errors.ts'
import type { CodeTable, TableSpec } from '../plan-file/register.ts'

/** The codes of a table. Throws CommandError where a value has two codes or a code is not of its grammar. */
export async function loadCodes(table: CodeTable, pattern: RegExp): Promise<ReadonlyMap<string, string>> {
  if (table.kind === 'inline') return table.codes
  const codes = new Map<string, string>()
  const opened = await openTable(table.table.file, openOptions(table.table))
  const valueAt = columnOf(opened, table.value)
  const codeAt = columnOf(opened, table.code)
  for await (const { rows } of opened.rows())
    for (const row of rows) {
      const value = row.cells[valueAt] ?? ''
      const code = row.cells[codeAt] ?? ''
      const place = { file: table.table.file, row: row.number, value, code }
      if (value === '' || row.defects) throw new CommandError('codes_row', place)
      if (!pattern.test(code)) throw new CommandError('codes_grammar', place)
      const other = codes.get(value)
      if (other !== undefined && other !== code) throw new CommandError('codes_twice', { ...place, other })
      codes.set(value.normalize('NFC'), code)
    }
  return codes
}

/** What `openTable` is told. */
export function openOptions(spec: TableSpec): Parameters<typeof openTable>[1] & object {
  return {
    ...(spec.sheet === undefined ? {} : { sheet: spec.sheet }),
    ...(spec.headerRow === undefined ? {} : { headerRow: spec.headerRow }),
    ...(spec.encoding === undefined ? {} : { encoding: spec.encoding }),
    ...(spec.delimiter === undefined ? {} : { delimiter: spec.delimiter }),
    limits: OPERATORS_LIMITS,
  }
}

// The operator's own files may be larger than a stranger's upload.
const OPERATORS_LIMITS = { workbookBytes: 512 << 20, inflatedBytes: 4096 * (1 << 20), ratio: 1000 }
