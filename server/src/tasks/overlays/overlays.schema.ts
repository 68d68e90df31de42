import { Type } from 'typebox'
import { Day, DivisionCode, OrNull, Shape, Why } from '../../platform/http/shapes.ts'

const Citation = OrNull(Type.String({ description: '依据；没有规定的为空' }))

export const PlacesQuery = Type.Object(
  {
    places: Type.Optional(
      Type.String({
        pattern: '^[0-9]{6}@[0-9-]{10}(,[0-9]{6}@[0-9-]{10}){0,5}$',
        description: '至多六个地方，各带日期；不填为任务所在地和有自己规定的地方',
      }),
    ),
  },
  { additionalProperties: false },
)

export const TaskRules = Shape({
  places: Type.Array(
    Shape({
      division: DivisionCode,
      name: Type.String(),
      on: Day,
      refusals: Type.Array(Shape({ why: Why, citation: Citation }), {
        description: '这项任务在那里发不出去的理由',
      }),
      terms: Type.Array(
        Shape({
          code: Type.String({ description: '约定事项' }),
          law: Type.String({ description: '法规参数' }),
          text: OrNull(Shape({ 'zh-CN': Type.String(), en: Type.String() })),
          citation: Citation,
        }),
      ),
      sections: Shape({
        codes: Type.Array(Type.String(), { description: '实施方案应写明的内容，见 scheme-sections' }),
        citation: Citation,
      }),
      grounds: Type.Array(Shape({ code: Type.String(), list: Type.String({ description: '代码表' }) }), {
        description: '计划外的理由',
      }),
    }),
  ),
})
