import { seenIn } from '../../agencies/index.ts'
import { dayOf } from '../../platform/clock.ts'
import { type Context, personOf, read, reply, type Route, write } from '../../platform/http/route.ts'
import { ById } from '../../platform/http/shapes.ts'
import { canOf, demand, found } from '../../platform/refusal.ts'
import { closedContent, openContent } from './conflicts.ts'
import { isInForce, whyNotDeclare, whyNotWithdraw } from './declarations.rules.ts'
import {
  type Declaration,
  DeclarationList,
  DeclarationRef,
  NewDeclaration,
  Withdrawal,
} from './declarations.schema.ts'
import {
  type DeclarationRow,
  insertDeclaration,
  listDeclarations,
  lockDeclaration,
  withdrawDeclaration,
} from './declarations.store.ts'
import { placeOfInspector, seenInspector } from './inspectors.representation.ts'
import { lockedInspector } from './inspectors.routes.ts'
import { whyNotChangeInspector } from './inspectors.rules.ts'
import type { InspectorParts } from './parts.ts'

/** 亲属和利害关系申报: by the inspector himself or by his clerk; read by few, and each reading written down. */
export function declarationRoutes(parts: InspectorParts): readonly Route[] {
  return [
    read({
      method: 'GET',
      path: '/inspectors/{id}/declarations',
      action: 'declaration.list',
      about: 'inspector',
      summary: '一名执法检查人员的亲属和利害关系申报；每次查阅均留下记录',
      schema: { params: ById },
      replies: { 200: DeclarationList },
      recorded: true,
      async handler(context) {
        const { reader, reach, access, params } = context
        const inspector = await seenInspector(reader, context, params.id)
        demand(access.whyNot('declaration.list', placeOfInspector(inspector)), 403)
        const rows = await listDeclarations(reader, reach, inspector.personId)
        return { items: rows.map((row) => represent(row, context, parts)) }
      },
    }),
    write({
      method: 'POST',
      path: '/declarations',
      action: 'declaration.create',
      about: 'inspector',
      aboutField: 'inspectorId',
      summary: '申报亲属或利害关系：本人，或由本部门经办人代为',
      schema: { body: NewDeclaration },
      replies: { 201: DeclarationRef },
      async handler(context) {
        const { writer, body, id, now } = context
        const { kind, from, until } = body
        const inspector = await lockedInspector(context, body.inspectorId, 'declaration.create')
        demand(whyNotChangeInspector(inspector))
        demand(whyNotDeclare(body), 422)
        const made = { id, personId: inspector.personId, kind, from, until, at: now }
        const by = personOf(context).personId
        await insertDeclaration(writer, { ...made, ...closedContent(parts.secrets, body), by })
        return reply(201, { id, version: 1 })
      },
    }),
    write({
      method: 'POST',
      path: '/declarations/{id}/withdrawal',
      action: 'declaration.withdraw',
      about: 'declaration',
      summary: '撤回申报；撤回的仍然保留',
      schema: { params: ById, body: Withdrawal },
      replies: { 200: DeclarationRef },
      async handler(context) {
        const { writer, access, params, body, now } = context
        const seen = seenIn(access, 'declaration.list')
        const row = found(await lockDeclaration(writer, seen, params.id), 'declaration')
        demand(access.whyNot('declaration.withdraw', row), 403)
        demand(whyNotWithdraw(row))
        const by = personOf(context).personId
        await withdrawDeclaration(writer, params.id, { by, at: now, reason: body.reason })
        return { id: row.id, version: row.version + 1 }
      },
    }),
  ]
}

type Viewing = Pick<Context, 'access' | 'now'>

function represent(row: DeclarationRow, { access, now }: Viewing, { secrets }: InspectorParts): Declaration {
  const { contentCipher, personId, authorityId, divisionCode, declaredAt, withdrawnAt, ...plain } = row
  const place = { personId, authorityId, divisionCode }
  return {
    ...plain,
    kind: row.kind as Declaration['kind'],
    ...openContent(secrets, contentCipher),
    declaredAt: declaredAt.toISOString(),
    withdrawnAt: withdrawnAt?.toISOString() ?? null,
    isInForce: isInForce(row, dayOf(now)),
    can: { withdraw: canOf(access.whyNot('declaration.withdraw', place) ?? whyNotWithdraw(row)) },
  }
}
