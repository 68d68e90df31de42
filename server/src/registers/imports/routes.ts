import { Type } from 'typebox'
import { Readable } from 'node:stream'
import type { Database } from '../../platform/database/database.ts'
import { csvFile } from '../../platform/http/csv-file.ts'
import { keyOf, pageOf } from '../../platform/http/pages.ts'
import { free, read, type Route } from '../../platform/http/route.ts'
import { languageOf } from '../../platform/http/sentences.ts'
import { ById } from '../../platform/http/shapes.ts'
import { canOf, found } from '../../platform/refusal.ts'
import { importActRoutes } from './acts.routes.ts'
import { createImport } from './creation.ts'
import type { Register } from './fields.rules.ts'
import { findImport, type ImportRecord, listImports, listRows } from './imports.store.ts'
import type { ImportParts } from './parts.ts'
import { reportEnd, reportLine, reportName, reportStart } from './report.ts'
import { representImport, representRow, templateCsv } from './representation.ts'
import {
  ImportPage,
  ImportQuery,
  MappingPage,
  NewImport,
  RegisterImport,
  ReportQuery,
  RowPage,
  RowQuery,
  TemplateQuery,
} from './schema.ts'
import { mappingsOf, show, viewingOf } from './seen.ts'

const REPORT_PAGE = 5_000

/** Operations that make their own transactions: a file is looked at before anything is written. */
export const IMPORT_FREE_ACTIONS = ['registerImport.create'] as const

/** 名录导入: from a file to the register, by way of a mapping and a comparison that changes nothing. */
export function importRoutes(parts: ImportParts): readonly Route[] {
  return [
    read({
      method: 'GET',
      path: '/register-import-template',
      action: 'registerImport.template',
      summary: '导入模板（CSV）',
      schema: { query: TemplateQuery },
      replies: { 200: Type.String() },
      handler: ({ query: { register } }) =>
        Promise.resolve(
          csvFile(templateCsv(register), `${TEMPLATE_NAMES[register]}模板.csv`, `${register}-template.csv`),
        ),
    }),
    read({
      method: 'GET',
      path: '/import-mappings',
      action: 'registerImport.mappings',
      summary: '记住的列对应模板',
      schema: { query: TemplateQuery },
      replies: { 200: MappingPage },
      handler: async ({ reader, actor, query: { register } }) => ({
        items: (await mappingsOf(reader, { actor }, register)).map((one) => ({
          ...one,
          header: [...one.header],
        })),
      }),
    }),
    read({
      method: 'GET',
      path: '/register-imports',
      action: 'registerImport.list',
      summary: '名录导入',
      schema: { query: ImportQuery },
      replies: { 200: ImportPage },
      async handler(context) {
        const { reader, reach, access, query } = context
        const { register, limit = 50, after } = query
        const rows = await listImports(reader, reach, { register, limit, after: keyOf(after, ['id'])?.[0] })
        const viewing = { ...viewingOf(context), mappings: [] }
        const create = access.reachOf('registerImport.create') ? undefined : { code: 'not_allowed' }
        return {
          ...pageOf(rows, limit, { key: ({ id }) => [id], show: (row) => representImport(row, viewing) }),
          can: { create: canOf(create) },
        }
      },
    }),
    free({
      method: 'POST',
      path: '/register-imports',
      action: 'registerImport.create',
      about: 'registerImport',
      summary: '以已上传的文件开始一次导入：识别格式和列，尚不核对',
      schema: { body: NewImport },
      replies: { 201: RegisterImport },
      withoutIdempotency: true,
      handler: (context) => createImport(context, parts),
    }),
    read({
      method: 'GET',
      path: '/register-imports/{id}',
      action: 'registerImport.show',
      summary: '一次名录导入',
      schema: { params: ById },
      replies: { 200: RegisterImport },
      handler: (context) => show(context.reader, context, context.params.id),
    }),
    read({
      method: 'GET',
      path: '/register-imports/{id}/rows',
      action: 'registerImport.rows',
      summary: '逐行的核对结果；只比对的，不指明结果时只列文件中的行',
      schema: { params: ById, query: RowQuery },
      replies: { 200: RowPage },
      async handler({ reader, reach, header, params, query: { result, limit = 50, after } }) {
        const { mode } = found(await findImport(reader, reach, params.id), 'registerImport')
        const rows = await listRows(reader, params.id, {
          result,
          after: after === undefined ? rowsFrom({ mode, result }) : keyOf(after, ['integer']),
          limit: limit + 1,
        })
        const language = languageOf(header('accept-language'))
        return pageOf(rows, limit, {
          key: ({ row }) => [String(row)],
          show: (row) => representRow(row, language),
        })
      },
    }),
    read({
      method: 'GET',
      path: '/register-imports/{id}/report.csv',
      action: 'registerImport.report',
      summary: '核对结果（CSV）；不指明结果的，不列无变化的行',
      schema: { params: ById, query: ReportQuery },
      replies: { 200: Type.String() },
      async handler({ reader, reach, recording, params, query: { result } }) {
        const row = found(await findImport(reader, reach, params.id), 'registerImport')
        const lines = async function* () {
          yield reportStart(row)
          let missing = 0
          for await (const rows of reportPages(recording.database, row, result)) {
            missing += rows.filter((each) => each.result === 'gone').length
            yield rows
              .filter((each) => result !== undefined || each.result !== 'same')
              .map((each) => reportLine(each, row))
              .join('')
          }
          if (result === undefined || result === 'gone') yield reportEnd(row, missing)
        }
        return csvFile(Readable.from(lines()), reportName(row), 'import-report.csv')
      },
    }),
    ...importActRoutes(parts),
  ]
}

/** The file's rows in its order; then, unless one result is asked for, whoever is not in it. */
async function* reportPages(database: Database, { id, mode }: ImportRecord, result?: string) {
  const isOfAll = result === undefined && mode === 'reconcile'
  for (const part of isOfAll ? [undefined, 'gone'] : [result])
    for (let after = rowsFrom({ mode, result: part }); ;) {
      const rows = await database.read((reader) =>
        listRows(reader, id, { result: part, after, limit: REPORT_PAGE }),
      )
      yield rows
      if (rows.length < REPORT_PAGE) break
      after = [String(rows.at(-1)!.row)]
    }
}

/** Where rows begin: those who are not in a file that is only compared are many, and would stand before all others. */
function rowsFrom({ mode, result }: { readonly mode: string; readonly result?: string | undefined }) {
  return mode === 'reconcile' && result === undefined ? ['0'] : undefined
}

const TEMPLATE_NAMES: Readonly<Record<Register, string>> = {
  subject: '检查对象导入',
  inspector: '执法检查人员导入',
  item: '抽查事项导入',
}
