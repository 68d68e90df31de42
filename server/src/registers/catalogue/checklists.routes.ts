import { codesOn } from '../../law/index.ts'
import { seenIn } from '../../agencies/index.ts'
import { dayOf } from '../../platform/clock.ts'
import type { Reader } from '../../platform/database/database.ts'
import {
  type Context,
  personOf,
  read,
  reply,
  type Route,
  write,
  type WriteContext,
} from '../../platform/http/route.ts'
import { ById, named } from '../../platform/http/shapes.ts'
import { demand, found } from '../../platform/refusal.ts'
import { changesBetween, type Checkpoint, checklistOn, whyNotChecklist } from './checklists.rules.ts'
import { Checklist, Checklists, NewChecklist } from './checklists.schema.ts'
import { type ChecklistRow, checklistsOf, insertChecklist, itemOfChecklist } from './checklists.store.ts'
import { whyNotOver } from './items.representation.ts'
import { lockedItem } from './items.routes.ts'
import { findItem } from './items.store.ts'
import type { CatalogueParts } from './parts.ts'

/** 检查表单: the checkpoints of an item, version by version. */
export function checklistRoutes(parts: CatalogueParts): readonly Route[] {
  return [
    read({
      method: 'GET',
      path: '/items/{id}/checklists',
      action: 'checklist.list',
      summary: '一项抽查事项的检查表单：各版及其与前一版的差异',
      schema: { params: ById },
      replies: { 200: Checklists },
      async handler({ reader, reach, access, now, params }) {
        found(await findItem(reader, seenIn(access, 'item.show'), dayOf(now), params.id), 'item')
        return { items: versionsOf(await checklistsOf(reader, reach, params.id), dayOf(now)) }
      },
    }),
    read({
      method: 'GET',
      path: '/checklists/{id}',
      action: 'checklist.show',
      summary: '检查表单的一版',
      schema: { params: ById },
      replies: { 200: Checklist },
      handler: (context) => show(context.reader, context, context.params.id),
    }),
    write({
      method: 'POST',
      path: '/items/{id}/checklists',
      action: 'checklist.create',
      about: 'item',
      summary: '编写检查表单的新一版；原来各版不变',
      schema: { params: ById, body: NewChecklist },
      replies: { 201: Checklist },
      async handler(context) {
        const { writer, access, params, body, now, id } = context
        const item = await lockedItem(context, params.id, 'checklist.create')
        demand(whyNotOver(item))
        const reach = seenIn(access, 'checklist.list')
        const [latest] = await checklistsOf(writer, reach, params.id)
        const effectiveFrom = body.effectiveFrom ?? dayOf(now)
        demand(whyNotChecklist(body.checkpoints, effectiveFrom, latest))
        await demandMethods(context, parts, body.checkpoints)
        await insertChecklist(writer, {
          id,
          itemId: params.id,
          number: (latest?.number ?? 0) + 1,
          effectiveFrom,
          changeNote: body.changeNote ?? null,
          checkpoints: body.checkpoints.map(whole),
          by: personOf(context as WriteContext).personId,
          at: now,
        })
        return reply(201, await show(writer, context, id))
      },
    }),
  ]
}

async function show(
  reader: Reader,
  { access, now }: Pick<Context, 'access' | 'now'>,
  id: string,
): Promise<Checklist> {
  const reach = seenIn(access, 'checklist.show')
  const itemId = found(await itemOfChecklist(reader, reach, id), 'checklist')
  const versions = versionsOf(await checklistsOf(reader, reach, itemId), dayOf(now))
  return found(
    versions.find((version) => version.id === id),
    'checklist',
  )
}

/** Versions as they are shown, each with what it changed; newest first. */
function versionsOf(rows: readonly ChecklistRow[], today: string): Checklist[] {
  const current = checklistOn(rows, today)
  return rows.map((row, at) => {
    const { id, itemId, number, effectiveFrom, changeNote, checkpoints, madeById, madeByName, madeAt } = row
    const before = rows[at + 1]
    const changes = before ? changesBetween(before.checkpoints, checkpoints) : []
    return {
      id,
      itemId,
      number,
      effectiveFrom,
      changeNote,
      checkpoints: checkpoints.map(whole),
      changes: changes.map((change) => ({
        ...change,
        before: change.before && whole(change.before),
        after: change.after && whole(change.after),
      })),
      isCurrent: current?.id === id,
      madeBy: named(madeById, madeByName),
      madeAt: madeAt.toISOString(),
    }
  })
}

/** Every field there, so that what was left out and what is empty are the same. */
function whole({ no, text, basis, method, guidance }: Checkpoint) {
  return { no, text, basis: basis ?? null, method: method ?? null, guidance: guidance ?? null }
}

async function demandMethods(
  { writer, now }: { readonly writer: Reader; readonly now: Date },
  { book }: CatalogueParts,
  checkpoints: readonly Checkpoint[],
): Promise<void> {
  const known = codesOn(await book.read(writer), 'inspection-methods', dayOf(now)).map(({ code }) => code)
  const unknown = checkpoints.find(({ method }) => method != null && !known.includes(method))?.method
  if (unknown != null) demand({ code: 'item.code_unknown', params: { code: unknown } })
}
