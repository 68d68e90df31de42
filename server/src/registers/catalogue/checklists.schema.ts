import { type Static, Type } from 'typebox'
import { Day, Id, Instant, Name, Named, OrNull, Shape } from '../../platform/http/shapes.ts'
import { Words } from './shapes.ts'

const no = Name(20, '序号，在表单内不重复')
const method = Type.String({ pattern: '^[A-Z_]{2,40}$', description: '检查方式；代码见 inspection-methods' })

const Written = Type.Object(
  {
    no,
    text: Words(1000, '检查要点'),
    basis: Type.Optional(OrNull(Words(500, '依据条款'))),
    method: Type.Optional(OrNull(method)),
    guidance: Type.Optional(OrNull(Words(1000, '判定标准'))),
  },
  { additionalProperties: false },
)

const Checkpoint = Shape({
  no: Type.String(),
  text: Type.String(),
  basis: OrNull(Type.String()),
  method: OrNull(Type.String()),
  guidance: OrNull(Type.String()),
})

const Change = Shape({
  kind: Type.Enum(['added', 'removed', 'changed'], { description: '新增、删去、修改' }),
  no: Type.String(),
  before: OrNull(Checkpoint),
  after: OrNull(Checkpoint),
})

export const Checklist = Shape({
  id: Id,
  itemId: Id,
  number: Type.Integer({ description: '第几版' }),
  effectiveFrom: Day,
  changeNote: OrNull(Type.String()),
  checkpoints: Type.Array(Checkpoint),
  changes: Type.Array(Change, { description: '与前一版相比' }),
  isCurrent: Type.Boolean({ description: '今天适用的一版' }),
  madeBy: OrNull(Named),
  madeAt: Instant,
})
export type Checklist = Static<typeof Checklist>

export const Checklists = Shape({ items: Type.Array(Checklist) })

export const NewChecklist = Type.Object(
  {
    effectiveFrom: Type.Optional(Day),
    changeNote: Type.Optional(Words(500, '修改说明')),
    checkpoints: Type.Array(Written, { minItems: 1, maxItems: 300, description: '检查要点，按顺序' }),
  },
  { additionalProperties: false },
)
