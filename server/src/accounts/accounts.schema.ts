// The shapes of account administration. Descriptions in Chinese, for integrators.

import { type Static, Type } from 'typebox'
import { Id, Named, Why } from '../platform/http/shapes.ts'
import { PageQuery } from '../platform/http/pages.ts'

const closed = { additionalProperties: false } as const
const Purpose = Type.String({ minLength: 4, maxLength: 500, description: '办理原因，记入审计' })

export const AccountQuery = Type.Object(
  {
    ...PageQuery,
    q: Type.Optional(Type.String({ minLength: 1, maxLength: 60, description: '姓名或用户名' })),
    authority: Type.Optional(Id),
    state: Type.Optional(Type.Enum(['active', 'suspended'])),
  },
  closed,
)
export const NewAccountBody = Type.Object(
  {
    personId: Id,
    username: Type.String({
      pattern: '^[a-z0-9][a-z0-9._-]{2,39}$',
      description: '3 至 40 个小写字母、数字或 . _ -',
    }),
  },
  closed,
)
export const PurposeBody = Type.Object({ purpose: Purpose }, closed)
export const IdentityBody = Type.Object(
  {
    subject: Type.String({ minLength: 1, maxLength: 255, description: '统一身份认证中的用户标识（sub）' }),
    purpose: Purpose,
  },
  closed,
)
export const IdentityParams = Type.Object({ id: Id, identityId: Id }, closed)

const members = {
  id: Id,
  username: Type.String(),
  state: Type.Enum(['active', 'suspended']),
  person: Named,
  authority: Named,
  divisionCode: Type.String(),
  hasTotp: Type.Boolean({ description: '已绑定验证器' }),
  passwordChangeNeeded: Type.Boolean({ description: '仍是一次性密码' }),
  identities: Type.Array(
    Type.Object({ id: Id, issuer: Type.String(), boundAt: Type.String({ format: 'date-time' }) }, closed),
    { description: '绑定的统一身份认证用户' },
  ),
  version: Type.Integer(),
  can: Type.Object(
    { suspend: Why, resume: Why, reset: Why, bindIdentity: Why },
    { ...closed, description: 'null 为可以办理，否则为原因' },
  ),
}
export const Account = Type.Object(members, closed)
export type Account = Static<typeof Account>
export const AccountWithPassword = Type.Object(
  { ...members, password: Type.String({ description: '一次性密码，只显示这一次；首次登录须修改' }) },
  closed,
)
export const AccountPage = Type.Object(
  { items: Type.Array(Account), next: Type.Optional(Type.String()) },
  closed,
)
