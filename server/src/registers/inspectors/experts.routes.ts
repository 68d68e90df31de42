import { holdAuthority, seenIn } from '../../agencies/index.ts'
import { dayOf } from '../../platform/clock.ts'
import type { Reader } from '../../platform/database/database.ts'
import { keyOf, pageOf } from '../../platform/http/pages.ts'
import { type Context, read, reply, type Route, write, type WriteContext } from '../../platform/http/route.ts'
import { ById } from '../../platform/http/shapes.ts'
import { canOf, demand, found, type Refusal } from '../../platform/refusal.ts'
import { demandRevealsLeft } from '../../platform/reveals.ts'
import type { Secrets } from '../../platform/secrets.ts'
import { demandVersion } from '../../platform/versions.ts'
import { initialsOf } from '../pinyin.ts'
import {
  ContactReveal,
  ExpertEnding,
  NewTechnicalExpert,
  TechnicalExpert,
  TechnicalExpertEdit,
  TechnicalExpertPage,
  TechnicalExpertQuery,
} from './experts.schema.ts'
import { whyNotAdd, whyNotChangeExpert, whyNotEndExpert } from './experts.rules.ts'
import {
  type ExpertRow,
  findExpert,
  insertExpert,
  listExperts,
  lockExpert,
  updateExpert,
} from './experts.store.ts'
import { whyNotReveal } from './inspectors.rules.ts'
import { Revealed } from './inspectors.schema.ts'
import type { InspectorParts } from './parts.ts'

const CONTACT = 'technicalExpert.contact'

/** 专家和辅助人员: they help, on top of the required number of inspectors (REQ-ACT-9). */
export function expertRoutes({ secrets }: InspectorParts): readonly Route[] {
  return [
    read({
      method: 'GET',
      path: '/technical-experts',
      action: 'technicalExpert.list',
      summary: '专家和辅助人员；不计入检查小组人数',
      schema: { query: TechnicalExpertQuery },
      replies: { 200: TechnicalExpertPage },
      async handler({ reader, reach, access, query }) {
        const { limit = 50, ended = false, after, ...rest } = query
        const filter = { ...rest, ended, limit, after: keyOf(after, ['text', 'id']) }
        const page = pageOf(await listExperts(reader, reach, filter), limit, {
          key: ({ initials, id }) => [initials, id],
          show: (row) => represent(row, access, secrets),
        })
        const create = access.reachOf('technicalExpert.create') ? null : { code: 'not_allowed' }
        return { ...page, can: { create } }
      },
    }),
    read({
      method: 'GET',
      path: '/technical-experts/{id}',
      action: 'technicalExpert.show',
      summary: '一名专家或辅助人员',
      schema: { params: ById },
      replies: { 200: TechnicalExpert },
      handler: async ({ reader, access, params }) =>
        represent(await seenExpert(reader, access, params.id), access, secrets),
    }),
    write({
      method: 'POST',
      path: '/technical-experts',
      action: 'technicalExpert.create',
      about: 'technicalExpert',
      summary: '新增专家或辅助人员',
      schema: { body: NewTechnicalExpert },
      replies: { 201: TechnicalExpert },
      async handler({ writer, access, body, id }) {
        const { contact, authorityId, ...fields } = body
        const seen = seenIn(access, 'authority.show')
        const authority = found(await holdAuthority(writer, seen, authorityId), 'authority')
        const { divisionCode } = authority
        demand(access.whyNot('technicalExpert.create', { authorityId, divisionCode }), 403)
        demand(whyNotAdd(authority))
        const kept = { initials: initialsOf(body.name), contactCipher: closed(secrets, contact) }
        await insertExpert(writer, { id, ...fields, authorityId, divisionCode, ...kept })
        return reply(201, represent(await seenExpert(writer, access, id), access, secrets))
      },
    }),
    write({
      method: 'PATCH',
      path: '/technical-experts/{id}',
      action: 'technicalExpert.edit',
      about: 'technicalExpert',
      summary: '修改专家或辅助人员',
      schema: { params: ById, body: TechnicalExpertEdit },
      replies: { 200: TechnicalExpert },
      ifMatch: true,
      async handler(context) {
        const { writer, access, params, version } = context
        const { contact, ...fields } = context.body
        const expert = await lockedExpert(context, 'technicalExpert.edit')
        demandVersion(expert.version, version)
        demand(whyNotChangeExpert(expert))
        const initials = fields.name === undefined ? undefined : initialsOf(fields.name)
        await updateExpert(writer, params.id, {
          ...fields,
          initials,
          contactCipher: closed(secrets, contact),
        })
        return represent(await seenExpert(writer, access, params.id), access, secrets)
      },
    }),
    ...endAndReveal(secrets),
  ]
}

function endAndReveal(secrets: Secrets): readonly Route[] {
  return [
    write({
      method: 'POST',
      path: '/technical-experts/{id}/ending',
      action: 'technicalExpert.end',
      about: 'technicalExpert',
      summary: '专家或辅助人员离库',
      schema: { params: ById, body: ExpertEnding },
      replies: { 200: TechnicalExpert },
      async handler(context) {
        const { writer, access, params, body, now } = context
        const { endedOn } = body
        const expert = await lockedExpert(context, 'technicalExpert.end')
        demand(whyNotEndExpert(expert, { on: endedOn, today: dayOf(now) }))
        await updateExpert(writer, params.id, { endedOn })
        return represent(await seenExpert(writer, access, params.id), access, secrets)
      },
    }),
    read({
      method: 'POST',
      path: '/technical-experts/{id}/reveals',
      action: 'technicalExpert.reveal',
      about: 'technicalExpert',
      summary: '显示专家或辅助人员的联系电话；须说明用途，留下记录，每人每日有限额',
      schema: { params: ById, body: ContactReveal },
      replies: { 200: Revealed },
      recorded: true,
      async handler({ reader, access, actor, now, params, body }) {
        const row = await seenExpert(reader, access, params.id)
        demand(access.whyNot('technicalExpert.reveal', row), 403)
        demand(whyNotReveal(row.contactCipher, { given: body.purpose }), 403)
        await demandRevealsLeft(reader, actor, now)
        return { value: secrets.decrypt(row.contactCipher ?? '', CONTACT) }
      },
    }),
  ]
}

async function seenExpert(reader: Reader, access: Context['access'], id: string): Promise<ExpertRow> {
  return found(await findExpert(reader, seenIn(access, 'technicalExpert.show'), id), 'technicalExpert')
}

async function lockedExpert(
  {
    writer,
    access,
    params,
  }: Pick<WriteContext, 'writer' | 'access'> & { readonly params: { readonly id: string } },
  action: string,
): Promise<ExpertRow> {
  const seen = seenIn(access, 'technicalExpert.show')
  const expert = found(await lockExpert(writer, seen, params.id), 'technicalExpert')
  demand(access.whyNot(action, expert), 403)
  return expert
}

function represent(row: ExpertRow, access: Context['access'], secrets: Secrets): TechnicalExpert {
  const { contactCipher, initials: _, divisionCode: __, ...plain } = row
  const can = (action: string, refusal?: Refusal) => canOf(access.whyNot(action, row) ?? refusal)
  return {
    ...plain,
    kind: row.kind as TechnicalExpert['kind'],
    fields: [...row.fields],
    contact: contactCipher === null ? null : masked(secrets.decrypt(contactCipher, CONTACT)),
    can: {
      edit: can('technicalExpert.edit', whyNotChangeExpert(row)),
      end: can('technicalExpert.end', whyNotChangeExpert(row)),
      reveal: can('technicalExpert.reveal', whyNotReveal(contactCipher)),
    },
  }
}

/** Its first three and last two characters. */
function masked(contact: string): string {
  return `${contact.slice(0, 3)}****${contact.slice(-2)}`
}

function closed(secrets: Secrets, contact: string | null | undefined): string | null | undefined {
  return contact ? secrets.encrypt(contact, CONTACT) : contact === undefined ? undefined : null
}
