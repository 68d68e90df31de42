import { Type } from 'typebox'
import { PageQuery } from '../../platform/http/pages.ts'
import { Day, DivisionCode, Id, OrNull, PageOf, Shape } from '../../platform/http/shapes.ts'
import { amendmentProperties } from '../amendments/amendments.schema.ts'
import { lineProperties } from '../lines/lines.schema.ts'
import { PLAN_FIELDS, PLAN_KINDS } from '../shapes.ts'

const properties = {
  id: Id,
  divisionCode: DivisionCode,
  divisionName: Type.String(),
  authorityName: Type.String(),
  kind: Type.Enum([...PLAN_KINDS]),
  year: Type.Integer(),
  half: OrNull(Type.Integer()),
  title: Type.String(),
  field: Type.Enum([...PLAN_FIELDS]),
  publishedOn: OrNull(Day),
  publishedIn: OrNull(Type.String()),
  lines: Type.Integer({ description: '任务数' }),
}

export const PublicPlanPage = PageOf(Shape(properties))

/** As it stands, with every amendment that made it so. */
export const PublicPlan = Shape({
  ...properties,
  items: Type.Array(Shape(lineProperties)),
  amendments: Type.Array(Shape(amendmentProperties)),
})

export const PublicPlanQuery = Type.Object(
  {
    division: Type.Optional(DivisionCode),
    year: Type.Optional(Type.Integer({ minimum: 2000, maximum: 2200 })),
    ...PageQuery,
  },
  { additionalProperties: false },
)
