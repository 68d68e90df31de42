import { type Static, Type } from 'typebox'
import { Id, Name, Shape, Version } from '../platform/http/shapes.ts'

const ViewName = Name(40, '视图名称，同一页面内不重复')
const Search = Type.String({
  minLength: 1,
  maxLength: 2000,
  pattern: String.raw`^[^?#\s]+$`,
  description: '地址中 ? 之后的查询条件',
})

export const SavedView = Shape({
  id: Id,
  version: Version,
  page: Type.String({ description: '管理端内的页面地址' }),
  name: Type.String(),
  search: Type.String(),
})
export type SavedView = Static<typeof SavedView>

export const SavedViewList = Shape({ items: Type.Array(SavedView) })

export const NewView = Shape({
  page: Type.String({
    pattern: '^/([a-z0-9-]+(/[a-z0-9-]+)*)?$',
    maxLength: 200,
    description: '管理端内的页面地址',
  }),
  name: ViewName,
  search: Search,
})
export type NewView = Static<typeof NewView>

export const ViewEdit = Type.Object(
  { name: Type.Optional(ViewName), search: Type.Optional(Search) },
  { additionalProperties: false, minProperties: 1 },
)
export type ViewEdit = Static<typeof ViewEdit>
