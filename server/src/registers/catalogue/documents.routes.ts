import { Type } from 'typebox'
import { holdAuthority, seenIn } from '../../agencies/index.ts'
import { dayOf } from '../../platform/clock.ts'
import type { Reader } from '../../platform/database/database.ts'
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
import { ById, named, Reason } from '../../platform/http/shapes.ts'
import { canOf, demand, found } from '../../platform/refusal.ts'
import { type DocumentFacts, formatOf, whyNotFile, whyNotReceive, whyNotSubmit } from './documents.rules.ts'
import {
  FileBody,
  FileReply,
  OperatingDocument,
  OperatingDocumentPage,
  OperatingDocumentQuery,
  UploadQuery,
} from './documents.schema.ts'
import {
  type DocumentRow,
  findDocument,
  insertDocument,
  isDoneInYear,
  listDocuments,
  lockDocument,
  stepDocument,
} from './documents.store.ts'
import { dueInYear, isLate } from './due.rules.ts'
import { placeIn } from './items.representation.ts'
import { whyNotKept } from './items.rules.ts'
import type { CatalogueParts } from './parts.ts'

const MOST_BYTES = 20 << 20
const WithReason = Type.Object({ reason: Reason('退回的理由') }, { additionalProperties: false })
const MEDIA_TYPES = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  doc: 'application/msword',
  ofd: 'application/ofd',
  txt: 'text/plain',
} as const

/** 抽查细则、工作指引: versions of documents, submitted to the joint conference's office (REQ-ITEM-10). */
export function documentRoutes(parts: CatalogueParts): readonly Route[] {
  const act = { method: 'POST', about: 'operatingDocument' } as const
  return [
    read({
      method: 'GET',
      path: '/operating-documents',
      action: 'operatingDocument.list',
      summary: '抽查细则和工作指引',
      schema: { query: OperatingDocumentQuery },
      replies: { 200: OperatingDocumentPage },
      async handler(context) {
        const { reader, reach, access, query } = context
        const { limit = 50, latest = true, after, ...rest } = query
        const filter = { ...rest, latest, limit, after: keyOf(after, ['id'])?.[0] }
        const rows = await listDocuments(reader, reach, filter)
        const page = pageOf(rows, limit, { key: ({ id }) => [id], show: (row) => represent(row, context) })
        const upload = access.reachOf('operatingDocument.upload') ? null : { code: 'not_allowed' }
        return { ...page, can: { upload } }
      },
    }),
    read({
      method: 'GET',
      path: '/operating-documents/{id}',
      action: 'operatingDocument.show',
      summary: '一份抽查细则或工作指引',
      schema: { params: ById },
      replies: { 200: OperatingDocument },
      handler: (context) => show(context.reader, context, context.params.id),
    }),
    read({
      method: 'GET',
      path: '/operating-documents/{id}/file',
      action: 'operatingDocument.download',
      summary: '下载文件',
      schema: { params: ById },
      replies: { 200: FileReply },
      async handler({ reader, reach, params }) {
        const { fileHash, fileName, format } = found(
          await findDocument(reader, reach, params.id),
          'operatingDocument',
        )
        return reply(200, await parts.files.read(fileHash), {
          'content-type': MEDIA_TYPES[format as keyof typeof MEDIA_TYPES],
          'content-disposition': `attachment; filename="document.${format}"; filename*=UTF-8''${encodeURIComponent(fileName)}`,
        })
      },
    }),
    write({
      ...act,
      path: '/operating-documents',
      action: 'operatingDocument.upload',
      summary: '上传抽查细则或工作指引；同名的为新的一版',
      schema: { query: UploadQuery, body: FileBody },
      replies: { 201: OperatingDocument },
      takesFile: true,
      bodyLimit: MOST_BYTES,
      async handler(context) {
        const { writer, access, query, id, now } = context
        const authority = found(
          await holdAuthority(writer, seenIn(access, 'authority.show'), query.authority),
          'authority',
        )
        const { id: authorityId, divisionCode } = authority
        demand(access.whyNot('operatingDocument.upload', { authorityId, divisionCode }), 403)
        demand(whyNotKept(authority))
        const bytes = (context.body ?? Buffer.alloc(0)) as Buffer
        demand(whyNotFile(bytes), 422)
        const format = formatOf(bytes) ?? 'txt'
        await insertDocument(writer, {
          ...query,
          id,
          authorityId,
          divisionCode,
          file: await parts.files.put(oneChunk(bytes), MOST_BYTES),
          fileName: fileNameIn(context.header('file-name')),
          format,
          mediaType: MEDIA_TYPES[format],
          by: personOf(context as WriteContext).personId,
          at: now,
        })
        return reply(201, await show(writer, context, id))
      },
    }),
    write({
      ...act,
      path: '/operating-documents/{id}/submission',
      action: 'operatingDocument.submit',
      summary: '报送联席会议办公室',
      schema: { params: ById },
      replies: { 200: OperatingDocument },
      async handler(context) {
        const { writer, params, now } = context
        const document = await locked(context, 'operatingDocument.submit')
        demand(whyNotSubmit(document))
        const law = await parts.book.read(writer)
        const today = dayOf(now)
        const place = placeIn(law, document.divisionCode, today)
        const due = (await isDoneInYear(writer, document, today))
          ? undefined
          : dueInYear(law, 'registers.operating_rules_dates', place)
        await stepDocument(writer, params.id, {
          state: 'submitted',
          submittedOn: today,
          dueOn: due ?? null,
          decidedBy: null,
          decidedAt: null,
          returnReason: null,
        })
        return show(writer, context, params.id)
      },
    }),
    write({
      ...act,
      path: '/operating-documents/{id}/receipt',
      action: 'operatingDocument.receive',
      summary: '联席会议办公室签收',
      schema: { params: ById },
      replies: { 200: OperatingDocument },
      async handler(context) {
        const document = await locked(context, 'operatingDocument.receive')
        const decidedBy = personOf(context as WriteContext).personId
        demand(whyNotReceive(document, decidedBy))
        await stepDocument(context.writer, document.id, {
          state: 'received',
          decidedBy,
          decidedAt: context.now,
        })
        return show(context.writer, context, document.id)
      },
    }),
    write({
      ...act,
      path: '/operating-documents/{id}/returning',
      action: 'operatingDocument.return',
      summary: '退回补正',
      schema: { params: ById, body: WithReason },
      replies: { 200: OperatingDocument },
      async handler(context) {
        const document = await locked(context, 'operatingDocument.return')
        const decidedBy = personOf(context as WriteContext).personId
        demand(whyNotReceive(document, decidedBy))
        const decision = { decidedBy, decidedAt: context.now, returnReason: context.body.reason }
        await stepDocument(context.writer, document.id, { state: 'returned', ...decision })
        return show(context.writer, context, document.id)
      },
    }),
  ]
}

type Viewing = Pick<Context, 'access' | 'actor'>

async function locked(
  {
    writer,
    access,
    params,
  }: Viewing & Pick<WriteContext, 'writer'> & { readonly params: { readonly id: string } },
  action: string,
): Promise<DocumentRow> {
  const seen = seenIn(access, 'operatingDocument.show')
  const document = found(await lockDocument(writer, seen, params.id), 'operatingDocument')
  demand(access.whyNot(action, placeOf(document)), 403)
  return document
}

async function show(reader: Reader, viewing: Viewing, id: string): Promise<OperatingDocument> {
  const seen = seenIn(viewing.access, 'operatingDocument.show')
  return represent(found(await findDocument(reader, seen, id), 'operatingDocument'), viewing)
}

function placeOf({ authorityId, divisionCode }: DocumentRow) {
  return { authorityId, divisionCode }
}

function represent(row: DocumentRow, { access, actor }: Viewing): OperatingDocument {
  const place = placeOf(row)
  const viewer = actor.kind === 'person' ? actor.personId : ''
  const facts: DocumentFacts = row
  const why = (verb: string) => access.whyNot(`operatingDocument.${verb}`, place)
  return {
    ...row,
    kind: row.kind as OperatingDocument['kind'],
    format: row.format as OperatingDocument['format'],
    state: row.state as OperatingDocument['state'],
    isLate: isLate(row.submittedOn, row.dueOn),
    uploadedBy: named(row.uploadedById, row.uploadedByName),
    uploadedAt: row.uploadedAt.toISOString(),
    decidedBy: named(row.decidedById, row.decidedByName),
    decidedAt: row.decidedAt?.toISOString() ?? null,
    can: {
      submit: canOf(why('submit') ?? whyNotSubmit(facts)),
      receive: canOf(why('receive') ?? whyNotReceive(facts, viewer)),
      return: canOf(why('return') ?? whyNotReceive(facts, viewer)),
      renew: canOf(why('upload')),
    },
  }
}

async function* oneChunk(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield await Promise.resolve(bytes)
}
