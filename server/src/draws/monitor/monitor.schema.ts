import { Type } from 'typebox'
import { Day, DivisionCode, Shape } from '../../platform/http/shapes.ts'

const Marked = Type.Enum(['tooFew', 'calm', 'odd'], {
  description: 'tooFew：数据太少；calm：与偶然相符；odd：偏离偶然，应当查看',
})
const Deviation = {
  chiSquared: Type.Number({ description: '偏离（χ²）' }),
  df: Type.Integer({ description: '自由度' }),
  p: Type.Optional(Type.Number({ description: '偶然达到或超过这个程度的概率；数据太少时没有' })),
  mark: Marked,
}
const Repeated = Shape({
  names: Type.Array(Type.String(), { description: '主体代码；或者一对检查人员所在的部门' }),
  times: Type.Integer(),
  of: Type.Integer(),
  expected: Type.Number(),
  p: Type.Number(),
  mark: Marked,
})
const Rate = Shape({
  authority: Type.String(),
  hits: Type.Integer(),
  of: Type.Integer(),
  low: Type.Number({ description: '95% 区间的下端' }),
  high: Type.Number(),
  mark: Marked,
})

export const MonitorQuery = Type.Object(
  { division: Type.Optional(DivisionCode), from: Type.Optional(Day), to: Type.Optional(Day) },
  { additionalProperties: false },
)
export const MonitorPageQuery = Type.Object(
  {
    ...MonitorQuery.properties,
    lang: Type.Optional(Type.Enum(['zh-CN', 'en'], { description: '页面的语言，默认中文' })),
  },
  { additionalProperties: false },
)

/** The six questions with their answers. */
export const Monitor = Shape({
  from: Day,
  to: Day,
  draws: Type.Integer({ description: '已公开名单的抽取次数' }),
  inclusion: Type.Array(
    Shape({ facet: Type.Enum(['division', 'industry', 'entityType']), drawn: Type.Integer(), ...Deviation }),
  ),
  seeds: Shape({ draws: Type.Integer(), ...Deviation }),
  overDrawn: Shape({
    subjects: Type.Integer({ description: '抽中三次以上的户数' }),
    items: Type.Array(Repeated),
  }),
  together: Shape({
    pairs: Type.Integer({ description: '可能同组的人员对数' }),
    items: Type.Array(Repeated, { description: '同组次数偏离偶然的' }),
    mark: Marked,
  }),
  replacements: Shape({
    drawn: Type.Integer(),
    applied: Type.Integer(),
    substituted: Type.Integer(),
    persons: Type.Integer({ description: '替换率明显高于全部的人数' }),
    items: Type.Array(Rate),
  }),
  ends: Shape({
    commitments: Type.Integer(),
    void: Type.Integer(),
    withheld: Type.Integer(),
    items: Type.Array(Rate),
  }),
  timing: Shape({
    hours: Type.Optional(Shape({ least: Type.Number(), median: Type.Number(), p90: Type.Number() })),
    fresh: Type.Integer({ description: '见证人及时看到的次数' }),
    of: Type.Integer(),
  }),
  undrawn: Type.Array(Shape({ authority: Type.String(), tasks: Type.Integer() })),
})
