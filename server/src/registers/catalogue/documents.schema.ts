import { type Static, Type } from 'typebox'
import { PageQuery } from '../../platform/http/pages.ts'
import {
  Can,
  Day,
  Id,
  Instant,
  Name,
  Named,
  OrNull,
  PageOf,
  Shape,
  Version,
} from '../../platform/http/shapes.ts'
import { FORMATS } from './documents.rules.ts'

const KINDS = ['operatingRules', 'workInstruction'] as const
const STATES = ['kept', 'submitted', 'received', 'returned'] as const

const kind = Type.Enum([...KINDS], { description: '抽查细则、工作指引' })
const state = Type.Enum([...STATES], { description: '未报送、已报送、已签收、已退回' })

export const OperatingDocument = Shape({
  id: Id,
  version: Version,
  authorityId: Id,
  authorityName: Type.String(),
  kind,
  title: Type.String(),
  number: Type.Integer({ description: '第几版' }),
  isLatest: Type.Boolean(),
  effectiveFrom: Day,
  fileName: Type.String(),
  fileHash: Type.String({ description: 'SHA-256' }),
  fileBytes: Type.Integer(),
  format: Type.Enum([...FORMATS]),
  uploadedBy: OrNull(Named),
  uploadedAt: Instant,
  state,
  submittedOn: OrNull(Day),
  dueOn: OrNull(Day),
  isLate: Type.Boolean({ description: '报送迟于规定的日期' }),
  decidedBy: OrNull(Named),
  decidedAt: OrNull(Instant),
  returnReason: OrNull(Type.String()),
  can: Can('submit', 'receive', 'return', 'renew'),
})
export type OperatingDocument = Static<typeof OperatingDocument>

export const OperatingDocumentPage = Shape({ ...PageOf(OperatingDocument).properties, can: Can('upload') })

export const OperatingDocumentQuery = Type.Object(
  {
    authority: Type.Optional(Id),
    kind: Type.Optional(kind),
    state: Type.Optional(state),
    latest: Type.Optional(Type.Boolean({ default: true, description: '只看各文件的最新一版' })),
    ...PageQuery,
  },
  { additionalProperties: false },
)

export const UploadQuery = Type.Object(
  { authority: Id, kind, title: Name(200, '名称；同名同类的文件为新的一版', 2), effectiveFrom: Day },
  { additionalProperties: false },
)

export const FileBody = Type.Any({ description: '文件：PDF、DOCX、DOC、OFD 或 TXT' })
export const FileReply = Type.String({ format: 'binary', description: '文件' })
