import { Type } from 'typebox'
import { Can, DivisionCode, Instant, OrNull, Shape } from '../../platform/http/shapes.ts'

const Figure = Shape({
  key: Type.String({ description: '区划代码、行业门类、信用风险分类或主体类型；- 为没有的' }),
  name: OrNull(Type.String()),
  subjects: Type.Integer({ description: '在库的检查对象数' }),
})
const Figures = Type.Array(Figure)

export const SubjectFigures = Shape({
  divisionCode: DivisionCode,
  divisionName: OrNull(Type.String()),
  asOf: OrNull(Type.String({ ...Instant, description: '统计时间；从未统计的为空' })),
  total: Type.Integer(),
  byDivision: Figures,
  byIndustry: Figures,
  byClass: Figures,
  byEntityType: Figures,
  can: Can('count'),
})

export const SubjectFigureQuery = Type.Object(
  { division: Type.Optional(DivisionCode) },
  { additionalProperties: false },
)

export const CountingAsked = Shape({ jobId: Type.String({ format: 'uuid' }) })
