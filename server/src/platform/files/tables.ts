// Tables in uploaded files: opened below a title, refused in the words of a problem.

import { openTable, type OpenOptions, SheetError, type Table } from '@sunlot/sheets'
import type { Refusal } from '../refusal.ts'

/** The table of a file; below a line of title where the file begins with one. Throws SheetError. */
export async function openBelowTitle(path: string, options: OpenOptions): Promise<Table> {
  try {
    return await openTable(path, options)
  } catch (error) {
    const next =
      error instanceof SheetError && error.params['reason'] === 'title' ? error.params['next'] : undefined
    if (next === undefined || options.headerRow !== undefined) throw error
    return openTable(path, { ...options, headerRow: Number(next) })
  }
}

/** What a file that cannot be read is refused with; it says how to mend the file. */
export function sheetRefusal({ code, params, row }: SheetError): Refusal {
  const texts = Object.entries(params).map(([key, value]) => [
    key,
    typeof value === 'string' || typeof value === 'number' ? value : value.join('、'),
  ])
  return {
    code: `sheet.${code.replaceAll('-', '_')}`,
    params: { ...(Object.fromEntries(texts) as Record<string, string | number>), ...(row ? { row } : {}) },
  }
}
