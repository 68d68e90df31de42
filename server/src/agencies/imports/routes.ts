import { createHash } from 'node:crypto'
import type { Reader } from '../../platform/database/database.ts'
import { csvFile } from '../../platform/http/csv-file.ts'
import { fileNameIn } from '../../platform/http/file-name.ts'
import { keyOf, pageOf } from '../../platform/http/pages.ts'
import {
  type Context,
  personOf,
  read,
  reply,
  type Route,
  write,
  type WriteContext,
} from '../../platform/http/route.ts'
import { demand, found } from '../../platform/refusal.ts'
import { whyNotIn } from '../authorities.rules.ts'
import { findDivision } from '../divisions.store.ts'
import type { AgenciesParts } from '../parts.ts'
import { seenIn } from '../seen.ts'
import { ById } from '../../platform/http/shapes.ts'
import { apply, check, closeRow, withoutNumbers } from './apply-chart.ts'
import { countsOf, whyNotApply, whyNotDiscard } from './imports.rules.ts'
import {
  decideImport,
  findImport,
  type ImportRecord,
  insertImport,
  listImports,
  lockImport,
  reportOf,
} from './imports.store.ts'
import { readChart } from './read-chart.ts'
import { placeOfImport, reportCsv, representImport, shownRows, templateCsv } from './representation.ts'
import {
  FileBody,
  ImportListQuery,
  ImportPage,
  ImportRowsQuery,
  OrganisationImport,
  UploadQuery,
} from './schema.ts'
import { Type } from 'typebox'

const MOST_BYTES = 10 << 20

/** 机构导入: an organisation chart from a spreadsheet, checked first, then applied whole or not at all. */
export function importRoutes(parts: AgenciesParts): readonly Route[] {
  return [
    read({
      method: 'GET',
      path: '/organisation-import-template',
      action: 'organisationImport.template',
      summary: '机构导入的模板（CSV）',
      schema: {},
      replies: { 200: Type.String() },
      handler: () => Promise.resolve(csvFile(templateCsv(), '机构导入模板.csv', 'organisation.csv')),
    }),
    read({
      method: 'GET',
      path: '/organisation-imports',
      action: 'organisationImport.list',
      summary: '机构导入',
      schema: { query: ImportListQuery },
      replies: { 200: ImportPage },
      async handler({ reader, reach, access, query: { limit = 50, after } }) {
        const rows = await listImports(reader, reach, { limit, after: keyOf(after, ['id'])?.[0] })
        const show = (row: ImportRecord) => representImport(row, access)
        const upload = access.reachOf('organisationImport.upload') ? null : { code: 'not_allowed' }
        return { ...pageOf(rows, limit, { key: ({ id }) => [id], show }), can: { upload } }
      },
    }),
    write({
      method: 'POST',
      path: '/organisation-imports',
      action: 'organisationImport.upload',
      about: 'organisationImport',
      summary: '上传机构表格并逐行核对；核对不改变任何数据',
      schema: { query: UploadQuery, body: FileBody },
      replies: { 201: OrganisationImport },
      takesFile: true,
      bodyLimit: MOST_BYTES,
      async handler(context) {
        const { writer, body, id, now } = context
        const { personId: by, acting } = personOf(context)
        const divisionCode = context.query.division ?? acting?.divisionCode ?? ''
        const target = await targetOf(context, divisionCode, parts)
        const fileName = fileNameIn(context.header('file-name'))
        const chart = await readChart(body ?? Buffer.alloc(0), fileName)
        const outcomes = withoutNumbers(await check(writer, target, chart.rows), parts.secrets)
        const rows = chart.rows.map((row) => closeRow(row, parts.secrets))
        const report = { unused: chart.unused, counts: countsOf(outcomes), rows, outcomes }
        const fileHash = createHash('sha256').update(body).digest('hex')
        await insertImport(writer, { id, divisionCode, fileName, fileHash, report, by, at: now })
        return reply(201, await show(writer, context, parts, { id }))
      },
    }),
    read({
      method: 'GET',
      path: '/organisation-imports/{id}',
      action: 'organisationImport.show',
      summary: '一次机构导入：逐行的核对结果',
      schema: { params: ById, query: ImportRowsQuery },
      replies: { 200: OrganisationImport },
      handler: (context) => show(context.reader, context, parts, { ...context.query, ...context.params }),
    }),
    read({
      method: 'GET',
      path: '/organisation-imports/{id}/report.csv',
      action: 'organisationImport.report',
      summary: '核对结果（CSV）',
      schema: { params: ById },
      replies: { 200: Type.String() },
      async handler({ reader, reach, params: { id } }) {
        found(await findImport(reader, reach, id), 'organisationImport')
        const rows = shownRows(await reportOf(reader, reach, id), parts.secrets)
        return csvFile(reportCsv(rows), '机构导入核对结果.csv', 'organisation.csv')
      },
    }),
    write({
      method: 'POST',
      path: '/organisation-imports/{id}/application',
      action: 'organisationImport.apply',
      about: 'organisationImport',
      summary: '导入：全部写入，或一行也不写入',
      schema: { params: ById },
      replies: { 200: OrganisationImport },
      async handler(context) {
        const { writer, access, params, now, newId } = context
        const upload = await lockedImport(context, 'organisationImport.apply')
        demand(whyNotApply(upload))
        const target = await targetOf(context, upload.divisionCode, parts)
        const report = await reportOf(writer, seenIn(access, 'organisationImport.show'), params.id)
        await apply(writer, { ...target, newId }, report)
        const by = personOf(context).personId
        await decideImport(writer, params.id, { state: 'applied', by, at: now })
        return show(writer, context, parts, params)
      },
    }),
    write({
      method: 'POST',
      path: '/organisation-imports/{id}/discarding',
      action: 'organisationImport.discard',
      about: 'organisationImport',
      summary: '放弃一次尚未导入的机构导入',
      schema: { params: ById },
      replies: { 200: OrganisationImport },
      async handler(context) {
        const { writer, params, now } = context
        demand(whyNotDiscard(await lockedImport(context, 'organisationImport.discard')))
        await decideImport(writer, params.id, { state: 'discarded', by: personOf(context).personId, at: now })
        return show(writer, context, parts, params)
      },
    }),
  ]
}

type Viewing = Pick<Context, 'access'>

async function lockedImport(
  { writer, access, params }: Viewing & Pick<WriteContext, 'writer'> & { params: { id: string } },
  action: string,
): Promise<ImportRecord> {
  const seen = seenIn(access, 'organisationImport.show')
  const upload = found(await lockImport(writer, seen, params.id), 'organisationImport')
  demand(access.whyNot(action, placeOfImport(upload)), 403)
  return upload
}

/** The division that a chart goes to; whoever brings it must be able to make all that it can hold. */
async function targetOf(
  { writer, access }: Viewing & Pick<WriteContext, 'writer'>,
  divisionCode: string,
  { secrets }: AgenciesParts,
) {
  for (const action of [
    'organisationImport.upload',
    'authority.create',
    'unit.create',
    'person.create',
    'person.edit',
  ])
    demand(access.whyNot(action, { divisionCode }), 403)
  demand(whyNotIn(await findDivision(writer, seenIn(access, 'division.show'), divisionCode)))
  return { divisionCode, secrets, reach: seenIn(access, 'authority.list') }
}

async function show(
  reader: Reader,
  { access }: Viewing,
  { secrets }: AgenciesParts,
  { id, result, after, limit = 50 }: { id: string; result?: string; after?: string; limit?: number },
): Promise<OrganisationImport> {
  const seen = seenIn(access, 'organisationImport.show')
  const upload = found(await findImport(reader, seen, id), 'organisationImport')
  const from = Number(keyOf(after, ['number'])?.[0] ?? 0)
  const rows = shownRows(await reportOf(reader, seen, id), secrets)
    .filter((row) => row.row > from && (result === undefined || row.result === result))
    .slice(0, limit + 1)
  const page = pageOf(rows, limit, { key: (row) => [String(row.row)], show: (row) => row })
  return { ...representImport(upload, access), rows: { ...page, items: [...page.items] } }
}
