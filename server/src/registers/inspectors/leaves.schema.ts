import { type Static, Type } from 'typebox'
import { Can, Day, Id, Reason, Shape, Version } from '../../platform/http/shapes.ts'

export const Leave = Shape({
  id: Id,
  version: Version,
  from: Day,
  until: Day,
  reason: Type.String(),
  isWithdrawn: Type.Boolean({ description: '未开始即撤回' }),
  recordedByName: Type.String(),
  can: Can('end'),
})
export type Leave = Static<typeof Leave>

export const LeaveList = Shape({ items: Type.Array(Leave) })

export const NewLeave = Type.Object(
  { from: Day, until: Day, reason: Reason('请假事由；只有本部门能看到') },
  { additionalProperties: false },
)
