import { type Static, Type } from 'typebox'
import { OrNull } from '../platform/http/shapes.ts'
import { PageQuery } from '../platform/http/pages.ts'

const closed = { additionalProperties: false } as const
const ParamsShape = Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]))

const WaitingItem = Type.Object(
  {
    code: Type.String({ description: '事项代码；句子由 words/ 给出' }),
    params: ParamsShape,
    link: Type.String({ description: '管理端内的地址' }),
    since: Type.String({ format: 'date-time' }),
    due: Type.Optional(
      Type.Object(
        {
          on: Type.String({ format: 'date' }),
          law: Type.String({ description: '依据的法规参数' }),
          citation: Type.Optional(Type.String({ description: '依据的文件、条款和原文' })),
          workingDays: Type.Optional(
            Type.Integer({ description: '剩余的工作日；负数为到期后已过的工作日；放假安排尚未公布时没有' }),
          ),
        },
        closed,
      ),
    ),
    withWhom: Type.Optional(Type.String({ description: '卡在谁那里' })),
  },
  closed,
)
export const WaitingList = Type.Object({ items: Type.Array(WaitingItem) }, closed)

const NotificationShape = Type.Object(
  {
    id: Type.String({ format: 'uuid' }),
    code: Type.String(),
    params: ParamsShape,
    link: OrNull(Type.String()),
    at: Type.String({ format: 'date-time' }),
    read: Type.Boolean(),
  },
  closed,
)
export type Notification = Static<typeof NotificationShape>

export const NotificationPage = Type.Object(
  { items: Type.Array(NotificationShape), next: Type.Optional(Type.String()), unread: Type.Integer() },
  closed,
)
export const NotificationQuery = Type.Object(PageQuery, closed)
export const NotificationId = Type.Object({ id: Type.String({ format: 'uuid' }) }, closed)

export const SearchQuery = Type.Object(
  { q: Type.String({ minLength: 2, maxLength: 100, description: '名称、代码或工号，至少两个字符' }) },
  closed,
)
export const Findings = Type.Object(
  {
    items: Type.Array(
      Type.Object(
        {
          type: Type.String(),
          title: Type.String(),
          subtitle: Type.String(),
          link: Type.String(),
        },
        closed,
      ),
    ),
  },
  closed,
)
