import { type Static, Type } from 'typebox'
import { PageQuery } from '../../platform/http/pages.ts'
import {
  Can,
  DivisionCode,
  Id,
  Instant,
  Name,
  Named,
  OrNull,
  PageOf,
  Shape,
  Sought,
  Version,
} from '../../platform/http/shapes.ts'
import { Field, ImplementingLevels, Methods, State, Words } from './shapes.ts'

const Month = Type.Integer({ minimum: 1, maximum: 12 })
const ratio = Type.Integer({
  minimum: 1,
  maximum: 10_000,
  description: '抽查比例，单位为万分之一；与数量只填一项',
})
const quantity = Type.Integer({ minimum: 1, maximum: 1_000_000, description: '抽查数量（户）' })
const mode = Type.String({ pattern: '^[A-Z_]{2,40}$', description: '联查模式；代码见 joint-modes' })

const Part = Type.Object(
  {
    authorityId: Id,
    itemIds: Type.Array(Id, { uniqueItems: true, maxItems: 100, description: '该部门的抽查事项' }),
  },
  { additionalProperties: false },
)

export const JointItem = Shape({
  id: Id,
  version: Version,
  divisionCode: DivisionCode,
  divisionName: Type.String(),
  leadAuthorityId: Id,
  leadAuthorityName: Type.String({ description: '发起检查主体' }),
  name: Type.String({ description: '联合抽查任务名称' }),
  field: Field,
  mode: Type.String(),
  object: Type.String({ description: '检查对象' }),
  methods: Type.Array(Type.String()),
  implementingLevels: Type.Array(Type.String()),
  ratio: OrNull(Type.Integer()),
  quantity: OrNull(Type.Integer()),
  startMonth: Type.Integer(),
  endMonth: Type.Integer(),
  focus: Type.String({ description: '检查重点' }),
  parts: Type.Array(
    Shape({
      authorityId: Id,
      authorityName: Type.String(),
      isLead: Type.Boolean(),
      items: Type.Array(
        Shape({
          id: Id,
          code: Type.String(),
          name: Type.String(),
          subItem: OrNull(Type.String()),
          usable: Type.Boolean({ description: '今天能否使用' }),
        }),
      ),
    }),
  ),
  state: State,
  proposedBy: OrNull(Named),
  proposedAt: OrNull(Instant),
  decidedBy: OrNull(Named),
  decidedAt: OrNull(Instant),
  decisionNote: OrNull(Type.String()),
  endReason: OrNull(Type.String()),
  can: Can('edit', 'propose', 'approve', 'reject', 'end', 'discard'),
})
export type JointItem = Static<typeof JointItem>

export const JointItemPage = Shape({ ...PageOf(JointItem).properties, can: Can('create') })

export const JointItemQuery = Type.Object(
  {
    q: Sought,
    authority: Type.Optional(Type.String({ format: 'uuid', description: '发起或参与的部门' })),
    state: Type.Optional(State),
    ...PageQuery,
  },
  { additionalProperties: false },
)

const fields = {
  name: Name(200, '联合抽查任务名称', 2),
  field: Field,
  mode,
  object: Words(1000, '检查对象'),
  methods: Methods,
  implementingLevels: ImplementingLevels,
  startMonth: Month,
  endMonth: Month,
  focus: Words(2000, '检查重点'),
  parts: Type.Array(Part, { minItems: 1, maxItems: 60, description: '发起部门和参与部门及各自的事项' }),
}
const amounts = { ratio: Type.Optional(OrNull(ratio)), quantity: Type.Optional(OrNull(quantity)) }

export const NewJointItem = Type.Object(
  { leadAuthorityId: Id, ...fields, ...amounts },
  { additionalProperties: false },
)
export type NewJointItem = Static<typeof NewJointItem>

export const JointItemEdit = Type.Object(
  { ...Type.Partial(Type.Object(fields)).properties, ...amounts },
  { additionalProperties: false, minProperties: 1 },
)
export type JointItemEdit = Static<typeof JointItemEdit>
