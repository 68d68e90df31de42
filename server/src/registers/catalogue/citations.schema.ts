import { type Static, Type } from 'typebox'
import { PageQuery } from '../../platform/http/pages.ts'
import { Can, Day, Id, Name, OrNull, PageOf, Shape, Sought, Version } from '../../platform/http/shapes.ts'
import { STANDINGS } from './citations.rules.ts'
import { Words } from './shapes.ts'

const LEVELS = [
  'law',
  'administrativeRegulation',
  'localRegulation',
  'departmentalRule',
  'localRule',
  'normativeDocument',
  'standard',
] as const

const level = Type.Enum([...LEVELS], {
  description: '效力层级：法律、行政法规、地方性法规、部门规章、地方政府规章、规范性文件、标准',
})
const title = Name(200, '名称，不带书名号', 2)
const documentNumber = Name(60, '文号，如 国发〔2019〕5号', 2)
const issuer = Name(100, '制定机关', 2)
const doubtNote = Words(500, '存疑的理由', 2)

export const Standing = Type.Enum([...STANDINGS], {
  description: '今天的效力：现行有效、施行日期未核对、尚未施行、已失效、已废止、存疑',
})

export const Citation = Shape({
  id: Id,
  version: Version,
  authorityId: Id,
  authorityName: Type.String({ description: '登记部门' }),
  title: Type.String(),
  documentNumber: OrNull(Type.String()),
  issuer: OrNull(Type.String()),
  level,
  inForceFrom: OrNull(Day),
  inForceUntil: OrNull(Day),
  repealedBy: OrNull(Shape({ id: Id, title: Type.String() })),
  doubtful: Type.Boolean(),
  doubtNote: OrNull(Type.String()),
  standing: Standing,
  itemCount: Type.Integer({ description: '以它为依据的有效事项数' }),
  can: Can('edit'),
})
export type Citation = Static<typeof Citation>

export const CitationPage = Shape({ ...PageOf(Citation).properties, can: Can('create') })

export const CitationQuery = Type.Object(
  {
    q: Sought,
    level: Type.Optional(level),
    doubtful: Type.Optional(Type.Boolean({ description: '只看存疑的，或只看不存疑的' })),
    ...PageQuery,
  },
  { additionalProperties: false },
)

const optional = {
  documentNumber: Type.Optional(OrNull(documentNumber)),
  issuer: Type.Optional(OrNull(issuer)),
  inForceFrom: Type.Optional(OrNull(Day)),
  inForceUntil: Type.Optional(OrNull(Day)),
  repealedById: Type.Optional(OrNull(Id)),
  doubtful: Type.Optional(Type.Boolean()),
  doubtNote: Type.Optional(OrNull(doubtNote)),
}

export const NewCitation = Type.Object(
  { authorityId: Id, title, level, ...optional },
  { additionalProperties: false },
)
export type NewCitation = Static<typeof NewCitation>

export const CitationEdit = Type.Object(
  { title: Type.Optional(title), level: Type.Optional(level), ...optional },
  { additionalProperties: false, minProperties: 1 },
)
export type CitationEdit = Static<typeof CitationEdit>
