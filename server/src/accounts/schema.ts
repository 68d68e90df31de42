// The shapes of accounts, sessions and sign-in. Descriptions in Chinese, for integrators.

import { type Static, Type } from 'typebox'
import { Id, Instant, OrNull } from '../platform/http/shapes.ts'
import { ROLES } from '../platform/actor.ts'

const closed = { additionalProperties: false } as const
const Password = (description: string) => Type.String({ minLength: 1, maxLength: 200, description })
const Code = Type.String({ minLength: 1, maxLength: 40, description: '动态验证码，或一个恢复码' })
const Stage = Type.Enum(['signedIn', 'enrol'], {
  description: 'enrol：还须完成首次登录的步骤（见 GET /me 的 steps），此前不能办理其他事项',
})
const Method = Type.Enum(['password', 'oidc'], { description: '密码，或政务统一身份认证' })

export const IdParams = Type.Object({ id: Id }, closed)

export const SignInBody = Type.Object(
  {
    username: Type.String({ minLength: 1, maxLength: 100, description: '用户名，不分大小写' }),
    password: Password('密码'),
    code: Type.Optional(Code),
  },
  closed,
)
export const SignedIn = Type.Object({ stage: Stage }, closed)

export const ProofBody = Type.Object({ password: Password('密码'), code: Code }, closed)
export const PasswordBody = Type.Object(
  {
    password: Password('现在的密码'),
    newPassword: Password('新密码：至少 12 个字符，不含用户名，不是常见密码'),
  },
  closed,
)
export const CodeBody = Type.Object({ code: Code }, closed)
export const NoBody = Type.Union([Type.Null(), Type.Object({}, closed)], { description: '无正文，或空对象' })
export const ActingBody = Type.Object({ authorityId: Id }, closed)

export const TotpSecret = Type.Object(
  {
    secret: Type.String({ description: 'Base32 密钥，供手工输入' }),
    uri: Type.String({ description: 'otpauth 地址，供生成二维码' }),
  },
  closed,
)
export const RecoveryCodes = Type.Object(
  { recoveryCodes: Type.Array(Type.String(), { description: '恢复码，只显示这一次，每个只能用一次' }) },
  closed,
)

const ActingFor = Type.Object(
  {
    authorityId: Id,
    authorityName: Type.String(),
    divisionCode: Type.String(),
    divisionName: Type.String(),
  },
  closed,
)
const GrantShown = Type.Object(
  {
    id: Id,
    role: Type.Enum([...ROLES]),
    authorityId: Id,
    authorityName: Type.String(),
    divisionCode: Type.String(),
  },
  closed,
)
export const Me = Type.Object(
  {
    accountId: Id,
    personId: Id,
    name: Type.String(),
    username: Type.String(),
    acting: Type.Union([ActingFor, Type.Null()], { description: '当前代表的部门' }),
    authorities: Type.Array(ActingFor, { description: '可以代表的部门' }),
    grants: Type.Array(GrantShown, { description: '代表当前部门时的角色' }),
    allGrants: Type.Array(GrantShown),
    stage: Type.Enum(['enrol', 'full']),
    steps: Type.Array(Type.Enum(['changePassword', 'setUpTotp', 'giveCode']), {
      description: '进入平台前还须完成的步骤',
    }),
    passwordChangeNeeded: Type.Boolean(),
    hasTotp: Type.Boolean({ description: '已绑定验证器' }),
    recoveryCodesLeft: Type.Integer(),
    session: Type.Object(
      {
        id: Id,
        method: Method,
        idleEndsAt: Type.String({ format: 'date-time', description: '此后无操作即退出' }),
        endsAt: Type.String({ format: 'date-time', description: '无论如何此时退出' }),
        reauthenticatedUntil: OrNull(Instant),
      },
      closed,
    ),
  },
  closed,
)
export type Me = Static<typeof Me>

const Session = Type.Object(
  {
    id: Id,
    device: Type.String({ description: '浏览器自报的名称' }),
    address: Type.String({ description: '网络地址' }),
    method: Method,
    createdAt: Instant,
    seenAt: Instant,
    current: Type.Boolean({ description: '就是发出本请求的会话' }),
  },
  closed,
)
export const SessionList = Type.Object({ items: Type.Array(Session) }, closed)
export const Ended = Type.Object({ ended: Type.Integer({ description: '结束了几个会话' }) }, closed)
