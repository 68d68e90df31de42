import { type Static, Type } from 'typebox'
import { PageQuery } from '../platform/http/pages.ts'
import { DivisionCode, NamedDivision, OrNull, PageOf, Shape, Sought } from '../platform/http/shapes.ts'

export const Division = Shape({
  code: DivisionCode,
  name: Type.String(),
  parentCode: OrNull(DivisionCode),
  level: Type.Enum(['province', 'prefecture', 'county'], { description: '省级、地级、县级' }),
  status: Type.Enum(['current', 'statistical', 'revoked', 'fictional'], {
    description: '现行、统计用区划、已撤销、虚构（示例用）',
  }),
  hasChildren: Type.Boolean(),
})
export type Division = Static<typeof Division>

export const DivisionWithChain = Shape({
  ...Division.properties,
  chain: Type.Array(NamedDivision, { description: '由省级到本级' }),
})

export const DivisionPage = PageOf(Division)

export const DivisionQuery = Type.Object(
  {
    under: Type.Optional(DivisionCode),
    q: Sought,
    revoked: Type.Optional(Type.Boolean({ default: true, description: '是否包括已撤销的代码' })),
    ...PageQuery,
  },
  { additionalProperties: false },
)

export const ByCode = Type.Object({ code: DivisionCode }, { additionalProperties: false })
