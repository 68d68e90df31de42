import { type Static, Type } from 'typebox'
import { Id, Instant, Shape, Why } from '../../platform/http/shapes.ts'

const BasisPoints = Type.Integer({
  minimum: 1,
  maximum: 10_000,
  description: '比例，单位为万分之一：500 即 5%',
})

/** How many are drawn. */
export const Design = Type.Union(
  [
    Type.Object(
      {
        kind: Type.Literal('ratio'),
        ratio: BasisPoints,
        byClass: Type.Optional(
          Type.Object(
            {
              A: Type.Optional(BasisPoints),
              B: Type.Optional(BasisPoints),
              C: Type.Optional(BasisPoints),
              D: Type.Optional(BasisPoints),
              N: Type.Optional(BasisPoints),
            },
            { additionalProperties: false, description: '按信用风险分类的比例，优先于总比例' },
          ),
        ),
      },
      { additionalProperties: false },
    ),
    Type.Object(
      { kind: Type.Literal('total'), n: Type.Integer({ minimum: 1, maximum: 10_000_000 }) },
      { additionalProperties: false },
    ),
    Type.Object(
      { kind: Type.Literal('coverage'), batches: Type.Integer({ minimum: 1, maximum: 52 }) },
      { additionalProperties: false },
    ),
  ],
  { description: '抽取方式：按比例、按数量、全覆盖分批' },
)

export const StrataBy = Type.Enum(['whole', 'class', 'industryClass', 'divisionClass'], {
  description: '分层：不分、按信用风险分类、行业门类与分类、区县与分类',
})

const Count = Type.Integer({ minimum: 0 })

/** A stratum of the frame: π = n/rows. */
export const StratumFigure = Shape({
  code: Type.String({ description: '层的代码：all、A、F/A、410928/A' }),
  rows: Count,
  n: Count,
})

/** What one subject needs: which authorities with how many inspectors and which items. */
export const DemandFigure = Shape({
  code: Type.String(),
  authorities: Type.Array(
    Shape({
      id: Id,
      name: Type.String(),
      members: Type.Integer(),
      items: Type.Array(Type.String({ description: '事项编号和名称' })),
    }),
  ),
  subjects: Count,
  drawn: Type.Number({ description: '预期抽中的户数' }),
})

const counted = {
  asOf: Instant,
  scopeCount: Count,
  exclusions: Type.Array(Shape({ code: Type.String(), subjects: Count })),
  frame: Count,
  strata: Type.Array(StratumFigure),
  total: Count,
  demands: Type.Array(DemandFigure),
}

/** What was counted last, when a task was dispatched, settled or agreed; `asOf`: when. */
export const Figures = Shape(counted)
export type Figures = Static<typeof Figures>

/** What would be drawn now, and what stands against it. */
export const Preview = Shape({
  ...counted,
  refusals: Type.Array(Why),
  ms: Type.Integer({ description: '计算所用毫秒' }),
})
export type Preview = Static<typeof Preview>
