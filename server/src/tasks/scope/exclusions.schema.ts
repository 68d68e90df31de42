import { type Static, Type } from 'typebox'
import { DivisionCode, Id, Instant, Reason, Shape } from '../../platform/http/shapes.ts'

/** A subject that is left out of a task by name. */
export const TaskExclusion = Shape({
  subjectId: Id,
  divisionCode: DivisionCode,
  subjectName: Type.String(),
  subjectCode: Type.String(),
  reason: Type.String(),
  evidence: Type.String(),
  namedBy: Type.String(),
  namedAt: Instant,
  withdrawnAt: Type.Union([Instant, Type.Null()]),
})
export const TaskExclusions = Shape({ items: Type.Array(TaskExclusion) })
export type TaskExclusion = Static<typeof TaskExclusion>

export const NewExclusion = Type.Object(
  { subjectId: Id, reason: Reason('排除的理由'), evidence: Reason('依据的材料') },
  { additionalProperties: false },
)
export const ExclusionRef = Type.Object({ id: Id, subjectId: Id }, { additionalProperties: false })
