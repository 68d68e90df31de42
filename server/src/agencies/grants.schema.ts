import { type Static, Type } from 'typebox'
import { ROLES } from '../platform/actor.ts'
import { PageQuery } from '../platform/http/pages.ts'
import {
  Can,
  Day,
  DivisionCode,
  Id,
  Instant,
  Named,
  OrNull,
  PageOf,
  Reason,
  Shape,
  Version,
} from '../platform/http/shapes.ts'

const GRANT_STATES = ['proposed', 'effective', 'rejected', 'withdrawn', 'expired'] as const

const role = Type.Enum([...ROLES], {
  description:
    '角色：systemAdministrator 系统管理员、securityAdministrator 安全管理员、auditAdministrator 审计管理员（三员互斥）、conferenceOffice 联席会议办公室、clerk 经办人、unitHead 部门负责人、leaderInCharge 分管领导、inspector 执法检查人员、oversight 监督、reader 查阅',
})
const state = Type.Enum([...GRANT_STATES], { description: '待决定、有效、已驳回、已撤回、已到期' })

export const Grant = Shape({
  id: Id,
  version: Version,
  personId: Id,
  personName: Type.String(),
  role,
  authorityId: Id,
  authorityName: Type.String(),
  divisionCode: DivisionCode,
  divisionName: Type.String(),
  validFrom: Day,
  validUntil: OrNull(Day),
  state,
  reason: Type.String(),
  proposedBy: OrNull(Named),
  proposedAt: Instant,
  decidedBy: OrNull(Named),
  decidedAt: OrNull(Instant),
  decisionNote: OrNull(Type.String()),
  withdrawnBy: OrNull(Named),
  withdrawnAt: OrNull(Instant),
  withdrawalReason: OrNull(Type.String()),
  can: Can('approve', 'reject', 'withdraw'),
})
export type Grant = Static<typeof Grant>

export const GrantPage = Shape({ ...PageOf(Grant).properties, can: Can('propose') })

export const GrantQuery = Type.Object(
  {
    authority: Type.Optional(Id),
    person: Type.Optional(Id),
    role: Type.Optional(role),
    state: Type.Optional(state),
    ...PageQuery,
  },
  { additionalProperties: false },
)

export const GrantProposal = Type.Object(
  {
    personId: Id,
    role,
    authorityId: Id,
    divisionCode: DivisionCode,
    validFrom: Day,
    validUntil: Type.Optional(Day),
    reason: Reason('理由'),
  },
  { additionalProperties: false },
)
export type GrantProposal = Static<typeof GrantProposal>

export const Approval = Type.Object({ note: Type.Optional(Reason('说明')) }, { additionalProperties: false })
export const WithReason = Type.Object({ reason: Reason('理由') }, { additionalProperties: false })
