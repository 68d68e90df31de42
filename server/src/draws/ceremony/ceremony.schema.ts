// 抽取现场 as those see it who run it: what the room shows, and what only a signed-in person is told.

import { Type } from 'typebox'
import { Can, Id, Instant, OrNull, Shape, Version, Why } from '../../platform/http/shapes.ts'
import { DRAW_STATES } from '../shapes.ts'
import { SourceShape } from './room.schema.ts'

const EventNumber = Type.Optional(
  Type.Integer({ minimum: 0, maximum: 9999, description: '第几号事件的随机源；不写为抽取本身' }),
)
export const EventQuery = Type.Object({ eventN: EventNumber }, { additionalProperties: false })
export const BySource = Type.Object(
  { id: Id, source: Type.String({ pattern: '^[a-z][a-z0-9_]{0,15}$', description: '随机源的代码' }) },
  { additionalProperties: false },
)
export const ByObserver = Type.Object(
  { id: Id, number: Type.Integer({ minimum: 1, maximum: 999, description: '在现场的号数' }) },
  { additionalProperties: false },
)
export const PuttingOut = Type.Object(
  { reason: Type.String({ minLength: 2, maxLength: 200, pattern: '\\S.*\\S', description: '理由，留痕' }) },
  { additionalProperties: false },
)
export const Closing = Type.Object(
  { hash: Type.String({ pattern: '^[0-9a-f]{64}$', description: '在自己设备上看到的封口文件的指纹' }) },
  { additionalProperties: false },
)
export const Typing = Type.Object(
  {
    text: Type.String({
      pattern: '^[0-9./]{1,2000}$',
      description: '骰子依次的点数，或者按组写出的开奖号码',
    }),
    eventN: EventNumber,
  },
  { additionalProperties: false },
)
export const Outsiders = Type.Object(
  {
    observers: Type.Array(Type.Integer({ minimum: 1, maximum: 999 }), {
      minItems: 2,
      maxItems: 2,
      description: '两名外部人员在现场的号数',
    }),
    at: Type.Optional(Type.String({ format: 'date-time', description: '掷出或者公布的时间；不写为现在' })),
    eventN: EventNumber,
  },
  { additionalProperties: false },
)
export const Beacon = Type.Object(
  {
    signature: Type.String({
      minLength: 1,
      maxLength: 400,
      description: '信标该轮的签名，96 个十六进制字符',
    }),
    eventN: EventNumber,
  },
  { additionalProperties: false },
)

const Reading = Shape({ name: Type.String(), text: Type.String() })

export const Ceremony = Shape({
  id: Id,
  version: Version,
  name: Type.String(),
  state: Type.Enum([...DRAW_STATES], { description: '抽取的状态' }),
  closeBy: OrNull(Instant),
  room: OrNull(
    Shape({
      code: Type.String({ description: '手机上输入的代码' }),
      openedAt: Instant,
      endedAt: OrNull(Instant),
    }),
  ),
  countersignature: Shape({ needed: Type.Boolean(), signed: Type.Boolean() }),
  close: OrNull(
    Shape({
      hash: Type.String({ description: '封口文件的指纹；监督部门签的就是它' }),
      at: Instant,
      by: OrNull(Type.String()),
      preflight: Type.Enum(['running', 'passed', 'failed'], { description: '预检' }),
      failure: Why,
      jobId: OrNull(Id),
      signedBy: OrNull(Type.String()),
    }),
  ),
  sources: Type.Array(
    Shape({
      ...SourceShape.properties,
      mine: Type.Boolean({ description: '我已经录入，等另一个人' }),
      differences: Type.Array(Shape({ attempt: Type.Integer(), readings: Type.Array(Reading) }), {
        description: '两人不一致的各次',
      }),
      can: Can('type', 'nameOutsiders', 'giveBeacon'),
    }),
  ),
  can: Can('openRoom', 'renewCode', 'putOut', 'countersign', 'closing', 'reopen', 'close'),
})
