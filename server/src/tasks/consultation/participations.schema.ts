import { type Static, Type } from 'typebox'
import { PageQuery } from '../../platform/http/pages.ts'
import {
  Can,
  Day,
  Id,
  Instant,
  Name,
  Named,
  OrNull,
  PageOf,
  Shape,
  Version,
  Why,
} from '../../platform/http/shapes.ts'
import { Words } from '../../registers/index.ts'
import { PARTICIPATION_STATES } from './shapes.ts'

const State = Type.Enum([...PARTICIPATION_STATES], {
  description: '未发出邀请、待答复、已同意参加、已答复不参加、不再参加',
})
const Members = Type.Integer({ minimum: 1, maximum: 20, description: '每户到场的检查人员数' })
const Drawn = Type.Integer({ minimum: 1, maximum: 9999, description: '从备选人员中抽取的人数' })
const Classes = Type.Array(Name(60, '能承担的专业'), { uniqueItems: true, maxItems: 20 })

const PoolRow = Shape({
  inspectorId: Id,
  name: Type.String(),
  unitName: OrNull(Type.String()),
  classes: Type.Array(Type.String()),
  whyNot: Why,
})

const SchemeSeen = OrNull(
  Type.Object(
    { id: Id, version: Version },
    { additionalProperties: false, description: '实施方案最新的一版；空：还没有' },
  ),
)

export const Participation = Shape({
  id: Id,
  version: Version,
  taskId: Id,
  taskName: Type.String(),
  taskNumber: Type.String(),
  taskState: Type.String(),
  authorityId: Id,
  authorityName: Type.String(),
  isLead: Type.Boolean(),
  state: State,
  round: Type.Integer(),
  members: Members,
  classes: Type.Array(Type.String({ description: '到场人员须能承担的专业' })),
  drawn: OrNull(Type.Integer({ description: '从备选人员中抽取的人数' })),
  items: Type.Array(
    Shape({
      id: Id,
      code: Type.String(),
      name: Type.String(),
      subItem: OrNull(Type.String()),
      whyNot: Why,
    }),
  ),
  pool: Type.Array(PoolRow),
  poolLeast: Type.Integer({ description: '备选人员至少要有几名' }),
  conflicts: Type.Integer({ description: '备选人员中已申报利害关系的条数；内容不在此显示' }),
  conflictsConfirmed: Type.Boolean(),
  conflictsConfirmedBy: OrNull(Type.String()),
  conflictsConfirmedAt: OrNull(Instant),
  preparedBy: OrNull(Named),
  invitedAt: OrNull(Instant),
  replyBy: OrNull(Day),
  isLate: Type.Boolean({ description: '过了答复期限' }),
  remindedAt: OrNull(Instant),
  answeredBy: OrNull(Type.String()),
  answeredAt: OrNull(Instant),
  refusalReason: OrNull(Type.String()),
  hasStatement: Type.Boolean({ description: '有书面函告文件' }),
  taskVersion: Version,
  scheme: SchemeSeen,
  can: Can('prepare', 'choosePool', 'accept', 'decline', 'reopen', 'release', 'opine'),
})
export type Participation = Static<typeof Participation>

export const ParticipationList = Shape({
  items: Type.Array(Participation),
  can: Can('invite', 'remind'),
})

/** An invitation as it stands in a list of them. */
export const Invitation = Shape({
  id: Id,
  taskId: Id,
  taskName: Type.String(),
  taskNumber: Type.String(),
  taskState: Type.String(),
  leadAuthorityName: Type.String(),
  authorityId: Id,
  authorityName: Type.String(),
  state: State,
  startsOn: Day,
  endsOn: Day,
  invitedAt: OrNull(Instant),
  replyBy: OrNull(Day),
  isLate: Type.Boolean(),
})
export type Invitation = Static<typeof Invitation>
export const InvitationPage = PageOf(Invitation)

export const InvitationQuery = Type.Object(
  { state: Type.Optional(State), ...PageQuery },
  { additionalProperties: false },
)

/** Whom an authority might name, and why not. */
export const Candidates = Shape({
  inspectors: Type.Array(
    Shape({
      inspectorId: Id,
      name: Type.String(),
      unitName: OrNull(Type.String()),
      specialisms: Type.Array(Type.String()),
      conflicts: Type.Integer({ description: '已申报利害关系的条数' }),
      whyNot: Why,
    }),
  ),
})

export const AskedAuthority = Type.Object({ id: Id, authorityId: Id }, { additionalProperties: false })

export const Asked = Type.Object(
  {
    members: Type.Optional(Members),
    classes: Type.Optional(Classes),
    itemIds: Type.Optional(
      Type.Array(Id, { uniqueItems: true, maxItems: 100, description: '建议该部门检查的事项；由该部门确定' }),
    ),
  },
  { additionalProperties: false },
)

export const Settled = Type.Object(
  {
    itemIds: Type.Optional(Type.Array(Id, { uniqueItems: true, maxItems: 100 })),
    pool: Type.Optional(
      Type.Array(
        Type.Object({ inspectorId: Id, classes: Type.Optional(Classes) }, { additionalProperties: false }),
        { maxItems: 2000, description: '备选人员' },
      ),
    ),
    members: Type.Optional(Members),
    classes: Type.Optional(Classes),
    drawn: Type.Optional(Drawn),
    conflictsConfirmed: Type.Optional(
      Type.Boolean({ description: '已核实备选人员的利害关系申报，没有遗漏' }),
    ),
  },
  { additionalProperties: false, minProperties: 1 },
)
export type Settled = Static<typeof Settled>

/** What was seen when it was agreed to; the own part's version goes along as If-Match. */
export const Accepted = Type.Object(
  { taskVersion: Version, scheme: SchemeSeen },
  { additionalProperties: false },
)

export const Declined = Type.Object(
  {
    reason: Words(2000, '不参加的理由', 2),
    statement: Type.Optional(
      Type.String({ pattern: '^[0-9a-f]{64}$', description: '书面函告文件；上传后得到' }),
    ),
  },
  { additionalProperties: false },
)

export const StoredStatement = Shape({ hash: Type.String(), bytes: Type.Integer() })
