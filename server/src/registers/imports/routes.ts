import { Type } from 'typebox'
import { Readable } from 'node:stream'
import type { Reader, Writer } from '../../platform/database/database.ts'
import { findFile } from '../../platform/files/file.store.ts'
import { csvFile } from '../../platform/http/csv-file.ts'
import { keyOf, pageOf } from '../../platform/http/pages.ts'
import {
  type Context,
  free,
  personOf,
  read,
  reply,
  type Route,
  write,
  type WriteContext,
} from '../../platform/http/route.ts'
import { languageOf } from '../../platform/http/sentences.ts'
import { ById } from '../../platform/http/shapes.ts'
import { record } from '../../platform/record.ts'
import { canOf, demand, found, Refused } from '../../platform/refusal.ts'
import { PERSONAL, type Register } from './fields.rules.ts'
import {
  whyNotApply,
  whyNotApprove,
  whyNotCheck,
  whyNotDiscard,
  whyNotInto,
  whyNotMap,
  whyNotUndo,
} from './imports.rules.ts'
import {
  findImport,
  type ImportRecord,
  insertImport,
  keepMapping,
  listImports,
  listMappings,
  listRows,
  lockImport,
  moveImport,
} from './imports.store.ts'
import { startWork } from './jobs.ts'
import type { ImportParts } from './parts.ts'
import { lookAtFile } from './read-file.ts'
import type { Sheet } from './reading.rules.ts'
import {
  placeOfImport,
  reportLine,
  reportStart,
  representImport,
  representRow,
  templateCsv,
  type Viewing,
} from './representation.ts'
import {
  Checking,
  ImportPage,
  ImportQuery,
  type Mapping,
  MappingPage,
  NewImport,
  RegisterImport,
  ReportQuery,
  RowPage,
  RowQuery,
  TemplateQuery,
  Undo,
} from './schema.ts'
import { forgetRows } from './stage.store.ts'

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
      handler: (context) => create(context, parts),
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
      summary: '逐行的核对结果',
      schema: { params: ById, query: RowQuery },
      replies: { 200: RowPage },
      async handler({ reader, reach, header, params, query: { result, limit = 50, after } }) {
        found(await findImport(reader, reach, params.id), 'registerImport')
        const rows = await listRows(reader, params.id, {
          result,
          after: after === undefined ? undefined : keyOf(after, ['integer']),
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
        const register = row.register as Register
        const lines = async function* () {
          yield reportStart()
          for (let after = -2_147_483_648; ;) {
            const rows = await recording.database.read((one) =>
              listRows(one, params.id, { result, after: [String(after)], limit: REPORT_PAGE }),
            )
            yield rows
              .filter((each) => result !== undefined || each.result !== 'same')
              .map((each) => reportLine(each, register))
              .join('')
            if (rows.length < REPORT_PAGE) return
            after = rows.at(-1)!.row
          }
        }
        return csvFile(Readable.from(lines()), `核对结果-${row.fileName}.csv`, 'import-report.csv')
      },
    }),
    write({
      method: 'POST',
      path: '/register-imports/{id}/check',
      action: 'registerImport.check',
      about: 'registerImport',
      summary: '按列的对应关系核对；核对不改变任何名录',
      schema: { params: ById, body: Checking },
      replies: { 202: RegisterImport },
      async handler(context) {
        const { writer, params, body, newId, now } = context
        const row = await locked(context, 'registerImport.check')
        demand(whyNotCheck(row))
        demand(whyNotDivide(row, body.mapping))
        demand(whyNotMap(row.register as Register, row.sheet.header, body.mapping.columns), 422)
        const person = personOf(context)
        await moveImport(writer, params.id, { mapping: body.mapping, counts: {}, approvedBy: null })
        if (body.remember !== undefined)
          await keepMapping(writer, {
            id: newId(),
            authorityId: row.authorityId,
            register: row.register,
            name: body.remember,
            header: row.sheet.header,
            mapping: body.mapping,
            by: person.personId,
            at: now,
          })
        await startWork(writer, parts.jobs, {
          kind: 'registerImport.check',
          importId: params.id,
          jobId: newId(),
          person,
        })
        return reply(202, await show(writer, context, params.id))
      },
    }),
    write({
      method: 'POST',
      path: '/register-imports/{id}/approval',
      action: 'registerImport.approve',
      about: 'registerImport',
      summary: '同意移出或重新分类；须由上传人以外的人办理',
      schema: { params: ById },
      replies: { 200: RegisterImport },
      async handler(context) {
        const { writer, params } = context
        const row = await locked(context, 'registerImport.approve')
        const { personId } = personOf(context)
        demand(whyNotApprove(row, personId))
        await moveImport(writer, params.id, { approvedBy: personId })
        return show(writer, context, params.id)
      },
    }),
    write({
      method: 'POST',
      path: '/register-imports/{id}/application',
      action: 'registerImport.apply',
      about: 'registerImport',
      summary: '导入：全部写入，或一行也不写入；在后台进行',
      schema: { params: ById },
      replies: { 202: RegisterImport },
      async handler(context) {
        const { writer, params, newId } = context
        demand(whyNotApply(await locked(context, 'registerImport.apply')))
        const person = personOf(context)
        await startWork(writer, parts.jobs, {
          kind: 'registerImport.apply',
          importId: params.id,
          jobId: newId(),
          person,
        })
        return reply(202, await show(writer, context, params.id))
      },
    }),
    write({
      method: 'POST',
      path: '/register-imports/{id}/undo',
      action: 'registerImport.undo',
      about: 'registerImport',
      summary: '撤销整次导入：新增的移出，修改的复原；在后台进行',
      schema: { params: ById, body: Undo },
      replies: { 202: RegisterImport },
      async handler(context) {
        const { writer, params, body, newId, now } = context
        demand(whyNotUndo(await locked(context, 'registerImport.undo')))
        const person = personOf(context)
        await moveImport(writer, params.id, { undone: { by: person.personId, at: now, reason: body.reason } })
        await startWork(writer, parts.jobs, {
          kind: 'registerImport.undo',
          importId: params.id,
          jobId: newId(),
          person,
        })
        return reply(202, await show(writer, context, params.id))
      },
    }),
    write({
      method: 'POST',
      path: '/register-imports/{id}/discarding',
      action: 'registerImport.discard',
      about: 'registerImport',
      summary: '放弃一次尚未写入的导入',
      schema: { params: ById },
      replies: { 200: RegisterImport },
      async handler(context) {
        const { writer, params } = context
        demand(whyNotDiscard(await locked(context, 'registerImport.discard')))
        await forgetRows(writer, params.id)
        await moveImport(writer, params.id, { state: 'discarded' })
        return show(writer, context, params.id)
      },
    }),
  ]
}

const TEMPLATE_NAMES: Readonly<Record<Register, string>> = {
  subject: '检查对象导入',
  inspector: '执法检查人员导入',
  item: '抽查事项导入',
}

type Asking = Pick<Context, 'access' | 'actor' | 'header'>

async function create(context: Context<{ body: typeof NewImport }> & Asking, { files }: ImportParts) {
  const { body, recording, access, now, requestId, newId } = context
  const person = personOf(context)
  const authorityId = person.acting?.authorityId ?? ''
  const divisionCode = body.division ?? person.acting?.divisionCode ?? ''
  demand(whyNotInto(divisionCode, person.acting?.divisionCode), 422)
  demand(access.whyNot('registerImport.create', { authorityId, divisionCode }), 403)
  const file = await recording.database.read((reader) => findFile(reader, body.file))
  // A hash alone gives nobody a file that somebody else brought.
  if (!file || file.storedBy !== person.personId || !(await files.has(body.file)))
    throw new Refused({ code: 'import.file_unknown' }, 422)
  const { register } = body
  const look = await files.inTheClear(body.file, (path) =>
    lookAtFile({ path, register, opening: openingOf(body.opening) }),
  )
  const id = newId()
  const act = { action: 'registerImport.create', about: { type: 'registerImport', id }, requestId }
  return record(recording, person, act, async (writer) => {
    await insertImport(writer, {
      id,
      register: body.register,
      mode: body.mode,
      authorityId,
      divisionCode,
      fileName: body.fileName.normalize('NFC'),
      fileHash: body.file,
      fileBytes: look.bytes,
      sheet: withoutNumbers(body.register, look),
      by: person.personId,
      at: now,
    })
    return reply(201, await show(writer, context, id))
  })
}

function openingOf(opening: NewImport['opening']) {
  if (!opening) return {}
  const { headerRow, sheet, encoding } = opening
  return {
    ...(headerRow === undefined ? {} : { headerRow }),
    ...(sheet === undefined ? {} : { sheet }),
    ...(encoding === undefined ? {} : { encoding }),
  }
}

/** The sample as it is kept: whatever could be somebody's number is masked before it is stored. */
function withoutNumbers(register: Register, sheet: Sheet): Sheet {
  const isPersonal = PERSONAL[register].length > 0
  const mask = (cell: string): string =>
    /^(?:1\d{10}|[1-9]\d{16}[\dXx])$/.test(cell.trim()) && (isPersonal || cell.length === 11)
      ? `${cell.slice(0, 3)}****`
      : cell
  return { ...sheet, sample: sheet.sample.map((cells) => cells.map(mask)) }
}

/** New subjects of a file that says nothing of counties need a county. */
function whyNotDivide({ register, divisionCode }: ImportRecord, { division = 'stated' }: Mapping) {
  const isCounty = !divisionCode.endsWith('00')
  return register === 'subject' && division === 'stated' && !isCounty
    ? { code: 'import.county_needed', params: { division: divisionCode } }
    : undefined
}

async function locked(
  { writer, access, params }: Pick<WriteContext, 'writer' | 'access'> & { params: { id: string } },
  action: string,
): Promise<ImportRecord> {
  const seen = access.reachOf('registerImport.show')
  const row = found(seen && (await lockImport(writer, seen, params.id)), 'registerImport')
  demand(access.whyNot(action, placeOfImport(row)), 403)
  return row
}

async function show(reader: Reader | Writer, context: Asking, id: string): Promise<RegisterImport> {
  const seen = context.access.reachOf('registerImport.show')
  const row = found(seen && (await findImport(reader, seen, id)), 'registerImport')
  const mappings = await mappingsOf(reader, context, row.register)
  return representImport(row, { ...viewingOf(context), mappings })
}

function mappingsOf(reader: Reader, { actor }: Pick<Context, 'actor'>, register: string) {
  const authorityId = actor.kind === 'person' ? actor.acting?.authorityId : undefined
  return listMappings(reader, authorityId === undefined ? [] : [authorityId], register)
}

function viewingOf({ access, actor, header }: Asking): Omit<Viewing, 'mappings'> {
  return {
    access,
    personId: actor.kind === 'person' ? actor.personId : undefined,
    language: languageOf(header('accept-language')),
  }
}
