import { Readable } from 'node:stream'
import { Type } from 'typebox'
import { seenIn } from '../../agencies/index.ts'
import { csvFile } from '../../platform/http/csv-file.ts'
import { fileNameIn } from '../../platform/http/file-name.ts'
import {
  type Context,
  personOf,
  read,
  reply,
  type Route,
  write,
  type WriteContext,
} from '../../platform/http/route.ts'
import { languageOf } from '../../platform/http/sentences.ts'
import { ById } from '../../platform/http/shapes.ts'
import { demand, found } from '../../platform/refusal.ts'
import type { NewLine } from '../lines/lines.schema.ts'
import { insertLines, updateLine } from '../lines/lines.store.ts'
import type { PlansParts } from '../parts.ts'
import { lockedPlan } from '../plans/plans.representation.ts'
import { draftPlan } from '../plans/plans.store.ts'
import { whyNotPlanStep } from '../plans/steps.rules.ts'
import { changesOf, reportCsv, representImport } from './imports.representation.ts'
import { countsOf, type PlanReport, whyNotApply, whyNotDiscard } from './imports.rules.ts'
import { FileBody, ImportQuery, PlanImport } from './imports.schema.ts'
import type { LineValues } from './line-values.rules.ts'
import { matchRows } from './matching.rules.ts'
import { readPlanTable } from './read-table.ts'
import { tableContext } from './table-frame.ts'
import { decideImport, findImport, type ImportRow, insertImport, lockImport } from './tables.store.ts'

const MOST_BYTES = 10 << 20
// So many lines fit one statement.
const AT_ONCE = 1000

/** 计划导入: a table of an office is held against the plan, row by row, then taken in whole or not at all. */
export function planImportRoutes(parts: PlansParts): readonly Route[] {
  const { book, files } = parts
  return [
    write({
      method: 'POST',
      path: '/plans/{id}/imports',
      action: 'planImport.upload',
      about: 'plan',
      summary: '上传计划表并逐行核对；核对不改变计划',
      schema: { params: ById, body: FileBody },
      replies: { 201: PlanImport },
      takesFile: true,
      bodyLimit: MOST_BYTES,
      async handler(context) {
        const { writer, params, now, newId } = context
        const plan = await lockedPlan(context, params.id, 'planImport.upload')
        demand(whyNotPlanStep(plan, 'edit'))
        const bytes = (context.body ?? Buffer.alloc(0)) as Buffer
        const { hash } = await files.put(Readable.from([bytes]), MOST_BYTES)
        const table = await files.inTheClear(hash, readPlanTable)
        const { frame, names, lines } = await tableContext(writer, await book.read(writer), plan, now)
        const known = new Map(lines.map((line) => [line.id, line.values]))
        const rows = matchRows(table.rows, lines, frame).map((row) => ({
          ...row,
          shown: changesOf(known.get(row.lineId ?? ''), row.values, names),
        }))
        const id = newId()
        await insertImport(writer, {
          id,
          planId: plan.id,
          divisionCode: plan.divisionCode,
          fileName: fileNameIn(context.header('file-name')),
          fileHash: hash,
          planVersion: plan.version,
          report: { unused: table.unused, rows },
          by: personOf(context as WriteContext).personId,
          at: now,
        })
        return reply(201, await show(writer, context, { id }))
      },
    }),
    read({
      method: 'GET',
      path: '/plan-imports/{id}',
      action: 'planImport.show',
      summary: '一次计划导入：逐行的核对结果',
      schema: { params: ById, query: ImportQuery },
      replies: { 200: PlanImport },
      handler: (context) => show(context.reader, context, { ...context.query, ...context.params }),
    }),
    read({
      method: 'GET',
      path: '/plan-imports/{id}/report.csv',
      action: 'planImport.report',
      summary: '计划导入的核对结果（CSV）',
      schema: { params: ById },
      replies: { 200: Type.String() },
      async handler({ reader, reach, params }) {
        const row = found(await findImport(reader, reach, params.id), 'planImport')
        return csvFile(reportCsv(row), '计划导入核对结果.csv', 'plan-import.csv')
      },
    }),
    write({
      method: 'POST',
      path: '/plan-imports/{id}/application',
      action: 'planImport.apply',
      about: 'planImport',
      summary: '全部导入，或一行也不导入',
      schema: { params: ById },
      replies: { 200: PlanImport },
      async handler(context) {
        const { writer, params, now, newId } = context
        const seen = await locked(context, 'planImport.apply')
        const plan = await lockedPlan(context, seen.planId, 'planImport.apply')
        const { report } = seen
        const facts = { ...seen, planState: plan.state, currentVersion: plan.version }
        demand(whyNotApply({ ...facts, counts: countsOf(report.rows) }))
        await takeIn({ writer, newId }, plan, report)
        await draftPlan(writer, plan.id, personOf(context as WriteContext).personId)
        await decideImport(writer, params.id, {
          state: 'applied',
          by: personOf(context as WriteContext).personId,
          at: now,
        })
        return show(writer, context, params)
      },
    }),
    write({
      method: 'POST',
      path: '/plan-imports/{id}/discarding',
      action: 'planImport.discard',
      about: 'planImport',
      summary: '放弃一次尚未导入的计划表',
      schema: { params: ById },
      replies: { 200: PlanImport },
      async handler(context) {
        const { writer, params, now } = context
        demand(whyNotDiscard(await locked(context, 'planImport.discard')))
        await decideImport(writer, params.id, {
          state: 'discarded',
          by: personOf(context as WriteContext).personId,
          at: now,
        })
        return show(writer, context, params)
      },
    }),
  ]
}

type Viewing = Pick<Context, 'access' | 'header'>

async function locked(
  {
    writer,
    access,
    params,
  }: Viewing & Pick<WriteContext, 'writer'> & { readonly params: { readonly id: string } },
  action: string,
): Promise<ImportRow> {
  const row = found(await lockImport(writer, seenIn(access, 'planImport.show'), params.id), 'planImport')
  demand(access.whyNot(action, { authorityId: row.authorityId }), 403)
  return row
}

async function show(
  reader: Parameters<typeof findImport>[0],
  { access, header }: Viewing,
  asked: { readonly id: string; readonly result?: string; readonly after?: string; readonly limit?: number },
) {
  const row = found(await findImport(reader, seenIn(access, 'planImport.show'), asked.id), 'planImport')
  return representImport(row, { ...asked, access, language: languageOf(header('accept-language')) })
}

/** New lines after those that there are, in the order of the table; changed ones in their place. */
async function takeIn(
  { writer, newId }: Pick<WriteContext, 'writer' | 'newId'>,
  plan: { readonly id: string; readonly divisionCode: string },
  { rows }: PlanReport,
): Promise<void> {
  const added = rows.flatMap(({ result, values }) =>
    result === 'new' && values ? [{ ...writable(values), id: newId() }] : [],
  )
  for (let from = 0; from < added.length; from += AT_ONCE)
    await insertLines(writer, plan, added.slice(from, from + AT_ONCE))
  for (const { result, lineId, values } of rows)
    if (result === 'changed' && lineId !== null && values) await updateLine(writer, lineId, writable(values))
}

/** What a table says, as a body would say it: it was read by these rules instead of by a schema. */
function writable(values: LineValues): NewLine {
  return values as unknown as NewLine
}
