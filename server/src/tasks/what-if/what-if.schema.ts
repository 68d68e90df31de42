import { type Static, Type } from 'typebox'
import { Id, Shape } from '../../platform/http/shapes.ts'
import { Design, Preview } from '../scope/scope.schema.ts'

/** What is tried instead of what the task says. */
export const SimulationQuery = Type.Object(
  {
    design: Type.Optional(Design),
    loadCap: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
    parts: Type.Optional(
      Type.Array(
        Type.Object(
          {
            authorityId: Id,
            members: Type.Optional(Type.Integer({ minimum: 1, maximum: 20 })),
            pool: Type.Optional(Type.Integer({ minimum: 0, maximum: 9999, description: '备选人数' })),
            drawn: Type.Optional(Type.Integer({ minimum: 0, maximum: 9999, description: '抽取人数' })),
          },
          { additionalProperties: false },
        ),
        { maxItems: 60 },
      ),
    ),
    seed: Type.Optional(Type.Integer({ minimum: 0, maximum: 2 ** 31 - 1 })),
  },
  { additionalProperties: false },
)

const Burden = Type.Array(
  Shape({
    key: Type.String(),
    subjects: Type.Integer(),
    drawn: Type.Number({ description: '预期抽中户数' }),
    per100: Type.Number({ description: '每百户上门次数' }),
    soFarPer100: Type.Number({ description: '本年度已上门次数，每百户' }),
  }),
)

export const Simulation = Shape({
  ...Preview.properties,
  coverage: Shape({
    ofScope: Type.Number({ description: '抽中户数占范围的比例' }),
    ofSupervised: Type.Number({ description: '抽中户数占牵头部门监管对象的比例' }),
    supervised: Type.Integer(),
  }),
  burden: Shape({ byIndustry: Burden, byDivision: Burden }),
  saved: Type.Integer({ description: '联合检查减少的上门次数' }),
  loads: Type.Array(
    Shape({
      authorityId: Id,
      name: Type.String(),
      pool: Type.Integer(),
      drawn: Type.Integer(),
      members: Type.Integer(),
      mean: Type.Number({ description: '每人预期户数' }),
      high: Type.Number({ description: '97.5% 的情况下不超过' }),
      cap: Type.Integer(),
    }),
  ),
  infeasible: Shape({
    trials: Type.Integer(),
    failed: Type.Integer(),
    share: Type.Number(),
    low: Type.Number({ description: '95% 区间' }),
    high: Type.Number(),
    why: Type.Array(
      Shape({
        authorityId: Id,
        name: Type.String(),
        share: Type.Number(),
        recused: Type.Number({ description: '其中只因回避而人手不足的' }),
      }),
    ),
  }),
  declared: Shape({
    subjects: Type.Integer({ description: '可能抽中的对象中，有备选人员申报利害关系的户数' }),
    inspectors: Type.Integer({ description: '申报了这些对象的备选人员数' }),
    withoutCode: Type.Integer({ description: '只写名称、没有代码的申报：无法与名录对应，未计入' }),
  }),
  sweep: Type.Array(
    Shape({
      ratio: Type.Integer(),
      total: Type.Integer(),
      load: Type.Number(),
      infeasible: Type.Number(),
    }),
  ),
  seed: Type.Integer(),
})
export type Simulation = Static<typeof Simulation>
