import { personOf, reply, type Route, write } from '../../platform/http/route.ts'
import { ById } from '../../platform/http/shapes.ts'
import { demand } from '../../platform/refusal.ts'
import type { Register } from './fields.rules.ts'
import {
  whyNotApply,
  whyNotApprove,
  whyNotCheck,
  whyNotDiscard,
  whyNotDivide,
  whyNotMap,
  whyNotUndo,
} from './imports.rules.ts'
import { keepMapping, moveImport } from './imports.store.ts'
import { startWork } from './jobs.ts'
import type { ImportParts } from './parts.ts'
import { Checking, RegisterImport, Undo } from './schema.ts'
import { keepsJointRegister, locked, show } from './seen.ts'
import { forgetRows } from './stage.store.ts'

/** What moves an import on, step by step; long work is done by jobs. */
export function importActRoutes(parts: Pick<ImportParts, 'jobs'>): readonly Route[] {
  return [
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
        const { personId } = person
        await moveImport(writer, params.id, {
          mapping: body.mapping,
          counts: {},
          checkedBy: personId,
          isJoint: keepsJointRegister(context.access, row),
          approvedBy: null,
        })
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
      summary:
        '导入：核对后名录已有变动的，一行也不写入；开始后写到最后一行，其间被改动的行不写入并逐行说明；在后台进行',
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
      summary: '撤销整次导入：新增的移出，修改的复原；检查对象的须由上传人以外的人办理；在后台进行',
      schema: { params: ById, body: Undo },
      replies: { 202: RegisterImport },
      async handler(context) {
        const { writer, params, body, newId, now } = context
        const person = personOf(context)
        demand(whyNotUndo(await locked(context, 'registerImport.undo'), person.personId))
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
