import { holdAuthority, seenIn } from '../../agencies/index.ts'
import { dayOf } from '../../platform/clock.ts'
import type { Reader } from '../../platform/database/database.ts'
import { keyOf, pageOf } from '../../platform/http/pages.ts'
import { type Context, read, reply, type Route, write } from '../../platform/http/route.ts'
import { ById } from '../../platform/http/shapes.ts'
import { canOf, demand, found } from '../../platform/refusal.ts'
import { demandVersion } from '../../platform/versions.ts'
import { doubtAbout, doubtsOf, standingOf, whyNotCited, whyNotTrusted } from './citations.rules.ts'
import { Citation, CitationEdit, CitationPage, CitationQuery, NewCitation } from './citations.schema.ts'
import {
  type CitationRow,
  citationsThere,
  findCitation,
  insertCitation,
  listCitations,
  lockCitation,
  updateCitation,
} from './citations.store.ts'
import type { CatalogueParts } from './parts.ts'
import { whyNotKept } from './items.rules.ts'

/** 依据库: the instruments that items rest on. */
export function citationRoutes(parts: CatalogueParts): readonly Route[] {
  return [
    read({
      method: 'GET',
      path: '/citations',
      action: 'citation.list',
      summary: '抽查依据库：法律法规和文件，及其效力',
      schema: { query: CitationQuery },
      replies: { 200: CitationPage },
      async handler(context) {
        const { reader, reach, access, query } = context
        const { limit = 50, after, ...rest } = query
        const rows = await listCitations(reader, reach, {
          ...rest,
          limit,
          after: keyOf(after, ['text', 'id']),
        })
        const page = pageOf(rows, limit, {
          key: ({ title, id }) => [title, id],
          show: (row) => represent(row, context),
        })
        return {
          ...page,
          can: { create: access.reachOf('citation.create') ? null : { code: 'not_allowed' } },
        }
      },
    }),
    read({
      method: 'GET',
      path: '/citations/{id}',
      action: 'citation.show',
      summary: '一项依据',
      schema: { params: ById },
      replies: { 200: Citation },
      handler: (context) => show(context.reader, context, context.params.id),
    }),
    write({
      method: 'POST',
      path: '/citations',
      action: 'citation.create',
      about: 'citation',
      summary: '登记一项依据；与已知存疑的引文相符的，自动标为存疑',
      schema: { body: NewCitation },
      replies: { 201: Citation },
      async handler(context) {
        const { writer, access, body, id } = context
        const authority = found(
          await holdAuthority(writer, seenIn(access, 'authority.show'), body.authorityId),
          'authority',
        )
        const { id: authorityId, divisionCode } = authority
        demand(access.whyNot('citation.create', { authorityId, divisionCode }), 403)
        demand(whyNotKept(authority))
        const doubt = await checked(context, parts, {
          inForceFrom: null,
          inForceUntil: null,
          repealedById: null,
          documentNumber: null,
          doubtful: false,
          doubtNote: null,
          ...body,
        })
        await insertCitation(writer, { ...body, ...doubt, id, divisionCode })
        return reply(201, await show(writer, context, id))
      },
    }),
    write({
      method: 'PATCH',
      path: '/citations/{id}',
      action: 'citation.edit',
      about: 'citation',
      summary: '修改一项依据：核对施行日期、登记废止、标注或解除存疑',
      schema: { params: ById, body: CitationEdit },
      replies: { 200: Citation },
      ifMatch: true,
      async handler(context) {
        const { writer, access, params, body, version } = context
        const row = found(await lockCitation(writer, seenIn(access, 'citation.show'), params.id), 'citation')
        demand(access.whyNot('citation.edit', placeOfCitation(row)), 403)
        demandVersion(row.version, version)
        const doubt = await checked(context, parts, { ...row, ...body })
        await updateCitation(writer, params.id, { ...body, ...doubt })
        return show(writer, context, params.id)
      },
    }),
  ]
}

type Viewing = Pick<Context, 'access' | 'now'>

/** What is said of a citation, held against the rules and the law; gives the doubt that is written. */
async function checked(
  { writer, now }: { readonly writer: Reader; readonly now: Date },
  { book }: CatalogueParts,
  citation: {
    readonly id?: string
    readonly title: string
    readonly documentNumber: string | null
    readonly inForceFrom: string | null
    readonly inForceUntil: string | null
    readonly repealedById: string | null
    readonly doubtful: boolean
    readonly doubtNote: string | null
  },
): Promise<{ readonly doubtful: boolean; readonly doubtNote: string | null }> {
  demand(whyNotCited(citation))
  const { repealedById, doubtful } = citation
  if (repealedById !== null && !(await citationsThere(writer, [repealedById])).has(repealedById))
    demand({ code: 'citation.unknown' })
  const known = doubtAbout(citation, doubtsOf(await book.read(writer), dayOf(now)))
  demand(whyNotTrusted(known, citation.id === undefined ? undefined : doubtful))
  const doubtNote = doubtful ? (citation.doubtNote ?? known ?? null) : (known ?? null)
  if (doubtful && doubtNote === null) demand({ code: 'citation.doubt_note_needed' })
  return { doubtful: doubtNote !== null, doubtNote }
}

async function show(reader: Reader, viewing: Viewing, id: string): Promise<Citation> {
  return represent(
    found(await findCitation(reader, seenIn(viewing.access, 'citation.show'), id), 'citation'),
    viewing,
  )
}

/** Where a citation is: with the authority that entered it. */
export function placeOfCitation({ authorityId, divisionCode }: CitationRow) {
  return { authorityId, divisionCode }
}

function represent(row: CitationRow, { access, now }: Viewing): Citation {
  const { repealedById, repealedByTitle } = row
  return {
    ...row,
    level: row.level as Citation['level'],
    repealedBy:
      repealedById === null || repealedByTitle === null ? null : { id: repealedById, title: repealedByTitle },
    standing: standingOf(row, dayOf(now)),
    can: { edit: canOf(access.whyNot('citation.edit', placeOfCitation(row))) },
  }
}
