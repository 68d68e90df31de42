import { type Static, Type } from 'typebox'
import { Can, OrNull } from '../platform/http/shapes.ts'
import { PageQuery } from '../platform/http/pages.ts'

const closed = { additionalProperties: false } as const

export const System = Type.Object(
  {
    version: Type.String(),
    database: Type.Enum(['real', 'simulated'], { description: '正式库，或仅供培训和演练的模拟库' }),
    engine: Type.Enum(['postgres', 'pglite'], { description: 'pglite 为内置数据库，仅供体验' }),
    durability: Type.String({ description: '断电后已确认的数据是否还在' }),
    now: Type.String({ format: 'date-time', description: '平台时间；模拟库中可能不同于机器时间' }),
    oidc: Type.Boolean({ description: '是否可用统一身份认证登录' }),
  },
  closed,
)

const Failure = Type.Union([Type.Null(), Type.Object({ message: Type.String() }, closed)])

export const JobView = Type.Object(
  {
    id: Type.String({ format: 'uuid' }),
    kind: Type.String(),
    state: Type.Enum(['waiting', 'running', 'done', 'failed', 'cancelled']),
    done: Type.Integer(),
    total: OrNull(Type.Integer()),
    step: OrNull(Type.String()),
    result: Type.Unknown(),
    failure: Failure,
    attempts: Type.Integer(),
    requestedBy: OrNull(Type.String()),
    createdAt: Type.String({ format: 'date-time' }),
    startedAt: OrNull(Type.String()),
    endedAt: OrNull(Type.String()),
    can: Can('cancel'),
  },
  closed,
)
export type JobView = Static<typeof JobView>
export const JobPage = Type.Object({ items: Type.Array(JobView), next: Type.Optional(Type.String()) }, closed)
export const JobQuery = Type.Object(PageQuery, closed)
export const JobId = Type.Object({ id: Type.String({ format: 'uuid' }) }, closed)

export const ClockView = Type.Object(
  {
    now: Type.String({ format: 'date-time' }),
    aheadMs: Type.Integer({ description: '比机器时间快多少毫秒' }),
  },
  closed,
)
export const ClockInput = Type.Object(
  { now: Type.String({ format: 'date-time', description: '新的平台时间；只能向前' }) },
  closed,
)
