// An import as it is shown, and the table that one begins with.

import { csvText } from '@sunlot/sheets'
import { type Language, sentenceOf } from '../../platform/http/sentences.ts'
import { named } from '../../platform/http/shapes.ts'
import type { Access } from '../../platform/reach.ts'
import { canOf, type Refusal } from '../../platform/refusal.ts'
import { masked, withoutPersonal } from './cells.rules.ts'
import { fieldsOf, guessColumns, PERSONAL, type Register, templateOf, titleOf } from './fields.rules.ts'
import { whyNotApply, whyNotApprove, whyNotCheck, whyNotDiscard, whyNotUndo } from './imports.rules.ts'
import type { ImportRecord, StagedView } from './imports.store.ts'
import type { Sheet } from './reading.rules.ts'
import type { RowReason } from './subject-row.rules.ts'
import type { ImportRow, Mapping, RegisterImport } from './schema.ts'

/** Who looks, and in which language. */
export interface Viewing {
  readonly access: Access
  readonly personId: string | undefined
  readonly language: Language
  readonly mappings: readonly {
    readonly name: string
    readonly header: readonly string[]
    readonly mapping: Mapping
  }[]
}

/** Where an import is. */
export function placeOfImport({
  authorityId,
  divisionCode,
}: Pick<ImportRecord, 'authorityId' | 'divisionCode'>) {
  return { authorityId, divisionCode }
}

/** An import. */
export function representImport(row: ImportRecord, viewing: Viewing): RegisterImport {
  const { access, personId, language, mappings } = viewing
  const register = row.register as Register
  const { header } = row.sheet
  const remembered = mappings.find((one) => one.header.join('\u001f') === header.join('\u001f'))
  const { failure } = row
  const may = (action: string, why: Refusal | undefined) =>
    canOf(access.whyNot(`registerImport.${action}`, placeOfImport(row)) ?? why)
  return {
    id: row.id,
    version: row.version,
    register,
    mode: row.mode as RegisterImport['mode'],
    state: row.state,
    authority: { id: row.authorityId, name: row.authorityName },
    division: { code: row.divisionCode, name: row.divisionName },
    fileName: row.fileName,
    fileBytes: row.fileBytes,
    fileHash: row.fileHash,
    sheet: maskedSheet(register, row.sheet),
    mapping: row.mapping,
    guess: { ...(remembered?.mapping.columns ?? guessColumns(register, header)) },
    mappingName: remembered?.name ?? null,
    fields: fieldsOf(register).map((field) => ({ field, title: titleOf(register, field) })),
    counts: { ...row.counts },
    failure: failure
      ? {
          code: failure.code,
          params: { ...failure.params },
          sentence: sentenceOf(failure.code, failure.params ?? {}, language),
        }
      : null,
    jobId: row.jobId,
    uploadedBy: { id: row.uploadedById, name: row.uploadedByName },
    uploadedAt: row.uploadedAt.toISOString(),
    approvedBy: named(row.approvedById, row.approvedByName),
    appliedBy: named(row.appliedById, row.appliedByName),
    appliedAt: row.appliedAt?.toISOString() ?? null,
    undoneBy: named(row.undoneById, row.undoneByName),
    undoneAt: row.undoneAt?.toISOString() ?? null,
    undoReason: row.undoReason,
    can: {
      check: may('check', whyNotCheck(row)),
      approve: may('approve', whyNotApprove(row, personId)),
      apply: may('apply', whyNotApply(row)),
      undo: may('undo', whyNotUndo(row, personId)),
      discard: may('discard', whyNotDiscard(row)),
    },
  }
}

/** A row with what would become of it, in words. */
export function representRow(row: StagedView, language: Language): ImportRow {
  return {
    row: row.row,
    result: row.result as ImportRow['result'],
    code: row.code,
    name: row.name,
    reasons: row.reasons.map(({ params: _, ...reason }) => ({
      ...reason,
      sentence: reasonText({ ...reason, ...(_ ? { params: _ } : {}) }, language),
    })),
    changes: changesOf(row),
    subjectId: row.subjectId,
  }
}

/** A sentence for why a row, or a cell of it, was not taken. */
export function reasonText({ code, column = '', value = '', params }: RowReason, language: Language): string {
  // Registers have sentences of their own for what only they refuse.
  const known = code.includes('.') ? code : `import.row.${code}`
  const sentence = sentenceOf(known, { column, value, ...params }, language)
  // One that begins with what the column is called says it itself.
  const isNamed = column === '' || sentence.startsWith(column)
  return code.includes('.') && !isNamed ? `${column}：${sentence}` : sentence
}

// What a person need not see: what follows from other columns, or is encrypted.
const UNSHOWN = new Set(['initials', 'telephone_cipher', 'authority_ids', 'flags'])

/** What differs, as it may be shown. */
export function changesOf({ changes }: StagedView): ImportRow['changes'] {
  return Object.entries(changes ?? {})
    .filter(([field]) => !UNSHOWN.has(field))
    .map(([field, [before, after]]) =>
      field === 'telephone_print'
        ? { field: 'telephone', before: before === null ? null : '***', after: '***' }
        : { field, before: textOf(before), after: textOf(after) },
    )
}

/** A value of a column as text. */
export function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null
  return typeof value === 'string' ? value : Array.isArray(value) ? value.join('、') : JSON.stringify(value)
}

/** The first rows, without the numbers of people. */
function maskedSheet(register: Register, sheet: Sheet): RegisterImport['sheet'] {
  const columns = guessColumns(register, sheet.header)
  const hidden = new Set(PERSONAL[register].map((field) => columns[field]))
  const { kind, encoding, headerRow, header } = sheet
  return {
    kind,
    ...(encoding === undefined ? {} : { encoding }),
    ...(sheet.sheet === undefined ? {} : { sheet: sheet.sheet }),
    ...(sheet.sheets === undefined ? {} : { sheets: [...sheet.sheets] }),
    headerRow,
    header: [...header],
    sample: sheet.sample.map((cells) =>
      cells.map((cell, at) => (hidden.has(at) ? masked(cell) : withoutPersonal(cell))),
    ),
  }
}

/** An empty table with the columns of a register. */
export function templateCsv(register: Register): string {
  return csvText(templateOf(register), [])
}
