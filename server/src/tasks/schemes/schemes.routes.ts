import { Type } from 'typebox'
import { seenIn } from '../../agencies/index.ts'
import { dayOf } from '../../platform/clock.ts'
import type { Reader } from '../../platform/database/database.ts'
import {
  type Context,
  personOf,
  read,
  type Route,
  write,
  type WriteContext,
} from '../../platform/http/route.ts'
import { ById } from '../../platform/http/shapes.ts'
import { demand, found } from '../../platform/refusal.ts'
import { demandVersion } from '../../platform/versions.ts'
import { askAnew } from '../consultation/anew.ts'
import type { LawHere } from '../consultation/participations.rules.ts'
import type { TasksParts } from '../parts.ts'
import { placeIn } from '../place.ts'
import { findTask, lockTask, type TaskRow } from '../tasks/tasks.store.ts'
import { canWrite, headOf, representScheme, titleOf, whyNotEdit } from './schemes.representation.ts'
import { whyNotChannel, whyNotGenerate, whyNotPublish, whyNotRevise } from './schemes.rules.ts'
import { Publication, Scheme, SchemeEdit, SchemeList } from './schemes.schema.ts'
import {
  findScheme,
  insertScheme,
  publishScheme,
  type SchemeRow,
  schemesOf,
  updateScheme,
} from './schemes.store.ts'
import { edited, whyNotSections } from './sections.rules.ts'
import { schemePaper } from './text.ts'
import { type TermCode, whyNotTerm } from './terms.rules.ts'
import { tellPublished } from './telling.ts'
import { composed } from './writing.ts'

const FileReply = Type.String({ format: 'binary', description: '可打印的网页' })

/** 实施方案: generated from the task, edited, published by a second person, revised as the next version (REQ-SCH-1…3). */
export function schemeRoutes(parts: TasksParts): readonly Route[] {
  const { book } = parts
  const act = { method: 'POST', about: 'task' } as const
  return [
    read({
      method: 'GET',
      path: '/tasks/{id}/schemes',
      action: 'scheme.list',
      summary: '任务的实施方案，各版本，新的在前',
      schema: { params: ById },
      replies: { 200: SchemeList },
      async handler(context) {
        const { reader, reach, params } = context
        const task = found(await findTask(reader, reach, params.id), 'task')
        const rows = await schemesOf(reader, task.id)
        const isParty = context.access.whyNot('scheme.list', { authorityIds: task.partyIds }) === undefined
        const seen = rows.filter(({ state }) => isParty || state !== 'draft')
        return { items: seen.map(headOf), can: canWrite(task, rows, context) }
      },
    }),
    read({
      method: 'GET',
      path: '/schemes/{id}',
      action: 'scheme.show',
      summary: '一版实施方案：各部分文字、约定事项及依据',
      schema: { params: ById },
      replies: { 200: Scheme },
      async handler(context) {
        const { reader, reach, params } = context
        const row = found(await findScheme(reader, reach, params.id), 'scheme')
        const task = found(await findTask(reader, reach, row.taskId), 'task')
        return representScheme(reader, row, task, await hereOf(reader, task), context)
      },
    }),
    read({
      method: 'GET',
      path: '/schemes/{id}/text',
      action: 'scheme.text',
      summary: '实施方案正文，公文格式，可打印',
      schema: { params: ById },
      replies: { 200: FileReply },
      async handler({ reader, reach, params }) {
        const row = found(await findScheme(reader, reach, params.id), 'scheme')
        return schemePaper(row, titleOf(row), await book.read(reader))
      },
    }),
    ...(['generate', 'revise'] as const).map((verb) =>
      write({
        ...act,
        path: verb === 'generate' ? '/tasks/{id}/schemes' : '/tasks/{id}/schemes/revision',
        action: `scheme.${verb}`,
        summary:
          verb === 'generate' ? '按任务生成实施方案；改写过的部分保留' : '修订已公布的实施方案，成为新的一版',
        schema: { params: ById },
        replies: { 200: Scheme },
        async handler(context) {
          const { task, rows, here } = await lockedTask(context, context.params.id, `scheme.${verb}`)
          demand(verb === 'generate' ? whyNotGenerate(task, rows) : whyNotRevise(task, rows))
          const id = await generate(context, task, rows, here)
          await askAnew(parts, context, task)
          return show(context, id, task, here)
        },
      }),
    ),
    write({
      method: 'PATCH',
      path: '/schemes/{id}',
      action: 'scheme.edit',
      about: 'scheme',
      summary: '修改草稿的文字和约定事项；与当地规定不符的不予保存',
      schema: { params: ById, body: SchemeEdit },
      replies: { 200: Scheme },
      ifMatch: true,
      async handler(context) {
        const { writer, params, body, version } = context
        const { row, task, here } = await lockedScheme(context, params.id, 'scheme.edit')
        demandVersion(row.version, version)
        demand(whyNotEdit(row, task))
        demand(whyNotSections(row.sections, body.sections ?? []))
        const terms = { ...row.terms, ...settledTerms(body, here) }
        const sections = edited(row.sections, body.sections ?? [])
        // What the terms say stands in the text as well: with other terms it is made anew, save what somebody wrote himself.
        const anew = body.terms && (await composed(writer, task, here, { terms, sections }))
        const versions = anew && { taskVersion: task.version, lawVersion: here.law.version }
        await updateScheme(writer, row.id, {
          ...row,
          terms,
          sections,
          ...anew,
          ...versions,
          ...byNow(context),
        })
        await askAnew(parts, context, task)
        return show(context, row.id, task, here)
      },
    }),
    write({
      method: 'POST',
      path: '/schemes/{id}/publication',
      action: 'scheme.publish',
      about: 'scheme',
      summary: '公布实施方案；编写人不能公布自己编写的，任务须已商定',
      schema: { params: ById, body: Publication },
      replies: { 200: Scheme },
      ifMatch: true,
      async handler(context) {
        const { writer, params, body, version, now } = context
        const { row, task, here } = await lockedScheme(context, params.id, 'scheme.publish')
        demandVersion(row.version, version)
        const { by, at } = byNow(context)
        demand(whyNotPublish(row, task, here, by))
        const on = dayOf(now)
        demand(whyNotChannel(here.law, placeIn(here.law, task.divisionCode, on), body.channel))
        const { channel, channelNote } = body
        await publishScheme(writer, row, { by, at, on, channel, channelNote })
        await tellPublished(parts, context, row, task)
        return show(context, row.id, task, here)
      },
    }),
  ]

  async function hereOf(reader: Reader, task: TaskRow): Promise<LawHere> {
    const law = await book.read(reader)
    return { law, place: placeIn(law, task.divisionCode, task.startsOn) }
  }

  /** The task first: nobody answers, agrees or generates meanwhile. */
  async function lockedTask({ writer, access }: Acting, id: string, action: string) {
    const task = found(await lockTask(writer, seenIn(access, 'task.show'), id), 'task')
    demand(access.whyNot(action, { authorityId: task.leadAuthorityId }), 403)
    return { task, rows: await schemesOf(writer, id), here: await hereOf(writer, task) }
  }

  async function lockedScheme(context: Acting, id: string, action: string) {
    const { writer, access } = context
    const { taskId } = found(await findScheme(writer, seenIn(access, 'scheme.show'), id), 'scheme')
    const { task, rows, here } = await lockedTask(context, taskId, action)
    return {
      row: found(
        rows.find((row) => row.id === id),
        'scheme',
      ),
      task,
      here,
    }
  }
}

type Acting = Pick<WriteContext, 'writer' | 'access'>
type Writing = Pick<WriteContext, 'writer' | 'access' | 'actor' | 'now' | 'id'>

/** The draft anew, or the first one, or the next version of what is published. Gives its id. */
async function generate(
  context: Writing,
  task: TaskRow,
  rows: readonly SchemeRow[],
  here: LawHere,
): Promise<string> {
  const { writer } = context
  const draft = rows.find(({ state }) => state === 'draft')
  const before = draft ?? rows.find(({ state }) => state === 'published')
  const said = await composed(writer, task, here, before)
  const written = {
    ...said,
    ...byNow(context),
    taskVersion: task.version,
    lawVersion: here.law.version,
  }
  if (draft) await updateScheme(writer, draft.id, written)
  else
    await insertScheme(writer, {
      ...written,
      id: context.id,
      taskId: task.id,
      divisionCode: task.divisionCode,
      number: Math.max(0, ...rows.map(({ number }) => number)) + 1,
    })
  return draft?.id ?? context.id
}

/** The terms that an edit gives, each as the law of the place admits it. */
function settledTerms({ terms = [] }: SchemeEdit, { law, place }: LawHere) {
  for (const { code, value } of terms) demand(whyNotTerm(law, place, code, value))
  return Object.fromEntries(terms.map(({ code, value }) => [code, value])) as Partial<
    Record<TermCode, SchemeRow['terms'][TermCode]>
  >
}

function byNow(context: Pick<Context, 'actor' | 'now'>) {
  return { by: personOf(context).personId, at: context.now }
}

async function show(context: Writing, id: string, task: TaskRow, here: LawHere): Promise<Scheme> {
  const { writer, access } = context
  const row = found(await findScheme(writer, seenIn(access, 'scheme.show'), id), 'scheme')
  return representScheme(writer, row, task, here, context)
}
