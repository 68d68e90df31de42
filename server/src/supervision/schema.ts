import { type Static, Type } from 'typebox'
import { OrNull } from '../platform/http/shapes.ts'
import { PageQuery } from '../platform/http/pages.ts'

export const EventQuery = Type.Object(
  {
    ...PageQuery,
    action: Type.Optional(
      Type.String({ maxLength: 80, description: '行为，例如 grant.approve；以 . 结尾则匹配该类全部' }),
    ),
    outcome: Type.Optional(
      Type.Enum(['done', 'refused', 'read'], { description: '完成、被拒绝、查看受保护内容' }),
    ),
    person: Type.Optional(Type.String({ format: 'uuid', description: '行为人' })),
    authority: Type.Optional(Type.String({ format: 'uuid', description: '代表的部门' })),
    objectType: Type.Optional(Type.String({ maxLength: 60, description: '对象类型' })),
    objectId: Type.Optional(Type.String({ maxLength: 80, description: '对象编号' })),
    from: Type.Optional(Type.String({ format: 'date', description: '起始日（含）' })),
    until: Type.Optional(Type.String({ format: 'date', description: '截止日（含）' })),
  },
  { additionalProperties: false },
)
export type EventQuery = Static<typeof EventQuery>

export const AuditEvent = Type.Object(
  {
    id: Type.String({ format: 'uuid' }),
    at: Type.String({ format: 'date-time' }),
    action: Type.String({ description: '行为：权限、留痕、接口和日志用同一个名字' }),
    outcome: Type.Enum(['done', 'refused', 'read']),
    actor: Type.Object(
      {
        kind: Type.Enum(['person', 'system', 'anonymous']),
        id: OrNull(Type.String()),
        name: OrNull(Type.String()),
      },
      { additionalProperties: false },
    ),
    authority: Type.Union([
      Type.Object({ id: Type.String(), name: Type.String() }, { additionalProperties: false }),
      Type.Null(),
    ]),
    object: Type.Union([
      Type.Object({ type: Type.String(), id: OrNull(Type.String()) }, { additionalProperties: false }),
      Type.Null(),
    ]),
    purpose: OrNull(Type.String()),
    refusalCode: OrNull(Type.String()),
  },
  { additionalProperties: false },
)
export type AuditEvent = Static<typeof AuditEvent>

export const EventPage = Type.Object(
  { items: Type.Array(AuditEvent), next: Type.Optional(Type.String()) },
  { additionalProperties: false },
)

const Image = Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()])

const Change = Type.Object(
  {
    table: Type.String({ description: '数据表' }),
    key: Type.String({ description: '行的主键' }),
    op: Type.Enum(['insert', 'update', 'delete']),
    before: Image,
    after: Image,
  },
  { additionalProperties: false },
)

export const EventDetail = Type.Object(
  {
    ...AuditEvent.properties,
    requestId: OrNull(Type.String()),
    changes: Type.Array(Change, { description: '前 200 处改动' }),
    changesInAll: Type.Integer(),
    leaf: Type.Object(
      {
        id: Type.Integer({ description: '日志叶的编号，凭此取回执' }),
        body: Type.String({ description: '写入透明日志的原文' }),
        index: Type.Union([Type.Integer(), Type.Null()], { description: '在日志树中的位置；尚未定序时为空' }),
        receipt: Type.Union([Type.String(), Type.Null()], { description: '回执的地址；尚未定序时为空' }),
      },
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false },
)
export type EventDetail = Static<typeof EventDetail>

export const EventId = Type.Object({ id: Type.String({ format: 'uuid' }) }, { additionalProperties: false })
