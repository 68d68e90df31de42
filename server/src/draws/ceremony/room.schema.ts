// What a room shows and takes.

import { Type } from 'typebox'
import { Instant, Name, OrNull, Shape, Why } from '../../platform/http/shapes.ts'
import { DRAW_STATES } from '../shapes.ts'
import { VALUE_STATES } from './values.rules.ts'

const Hash = Type.String({ pattern: '^[0-9a-f]{64}$' })
const Count = Type.Integer({ minimum: 0 })
/** `wait` answers when there is something new, or after a while. */
export const Watching = Type.Object(
  {
    after: Type.Optional(
      Type.Integer({ minimum: 0, description: '已经看到的修订号；有更新时立即答复，否则最多等 20 秒' }),
    ),
  },
  { additionalProperties: false },
)
export const ByCode = Type.Object(
  { code: Type.String({ minLength: 6, maxLength: 12, description: '现场代码，六个字符' }) },
  { additionalProperties: false },
)

export const SourceShape = Shape({
  id: Type.String(),
  eventN: Type.Integer({ description: '0 为抽取本身；其他为第几号事件（替换人员）' }),
  kind: Type.Enum(['dice', 'lottery', 'drand'], { description: '随机源' }),
  notBefore: Type.String({ description: '此前不可能存在' }),
  shape: Type.String({ description: '值的样子，形如 dice:10x25' }),
  state: Type.Enum([...VALUE_STATES], { description: '进行到哪里' }),
  attempt: Type.Integer({ description: '第几次录入；前一次两人不一致' }),
  value: OrNull(Type.String()),
  at: OrNull(Type.String({ description: '掷出或者公布的时间' })),
  by: Type.Array(Type.String(), { description: '两名外部人员的代号' }),
  signed: Type.Array(Type.String(), { description: '其中已经签字的' }),
  recordHash: OrNull(Type.String({ description: '外部人员签字的记录的指纹' })),
  round: OrNull(Type.Integer()),
})

export const RoomState = Shape({
  revision: Type.Integer(),
  renewed: Type.Boolean({ description: '用来观看的代码已经停用，现场换了新代码' }),
  now: Instant,
  name: Type.String({ description: '抽取编号' }),
  title: Type.String({ description: '任务名称' }),
  authority: Type.String(),
  oversight: Type.String(),
  state: Type.Enum([...DRAW_STATES], { description: '抽取的状态' }),
  step: Type.Enum([1, 2, 3, 4, 5, 6, 7], { description: '大屏的第几幕' }),
  isSealed: Type.Boolean(),
  openAt: OrNull(Type.String()),
  frozen: OrNull(
    Shape({
      population: Count,
      excluded: Count,
      strata: Type.Array(Shape({ code: Type.String(), rows: Count, n: Count })),
      at: Instant,
    }),
  ),
  commit: OrNull(
    Shape({
      hash: Hash,
      at: Instant,
      closeBy: Instant,
      witnesses: Count,
      quorum: Count,
      file: Type.String({ description: '承诺原文的地址；自己的设备据此计算指纹' }),
    }),
  ),
  observers: Type.Array(
    Shape({
      number: Count,
      role: Type.String(),
      name: OrNull(Type.String({ description: '他自己写的；只在现场显示' })),
      contributed: OrNull(Type.String()),
    }),
  ),
  putOut: Type.Array(Shape({ number: Count, at: Instant }), {
    description: '封口前被经办人员请出现场的设备：编号和时间',
  }),
  contributions: Type.Array(Shape({ id: Type.String(), value: Type.String(), note: OrNull(Type.String()) })),
  close: OrNull(Shape({ hash: OrNull(Hash), at: Instant, signed: Type.Boolean(), witnesses: Count })),
  stale: Why,
  sources: Type.Array(SourceShape),
  presses: Type.Array(
    Shape({
      authority: Type.String(),
      stage: Type.Enum(['objects', 'inspectors'], { description: '抽对象或者抽人员' }),
      done: Type.Boolean(),
      instead: Type.Boolean(),
    }),
  ),
  progress: OrNull(Shape({ done: Count, total: Count, step: Type.String() })),
  seed: OrNull(Type.String()),
  drawn: Type.Array(
    Shape({
      stratum: Type.String(),
      rows: Count,
      n: Count,
      first: Type.Array(Shape({ code: Type.String(), name: Type.String() })),
    }),
  ),
  inspectors: Type.Array(
    Shape({
      authority: Type.String(),
      pool: Count,
      drawn: Count,
      least: Type.Integer({ minimum: 0, description: '每人最少检查几户' }),
      most: Type.Integer({ minimum: 0, description: '每人最多检查几户' }),
    }),
  ),
  teams: Type.Array(Shape({ team: Type.String(), aliases: Type.Array(Type.String()), load: Count })),
  visits: Type.Array(
    Shape({ code: Type.String(), name: Type.String(), aliases: Type.Array(Type.String()) }),
    {
      description: '逐户配人员时：前几户各由谁检查',
    },
  ),
  certificate: OrNull(
    Shape({
      hash: Hash,
      at: Instant,
      page: Type.String(),
      signedBy: Count,
      weak: Type.Boolean(),
    }),
  ),
  ended: OrNull(Shape({ reason: Type.String(), at: Instant })),
  retryAfter: Type.Integer({ description: '过几秒再问；0 表示可以马上等待' }),
})

export const Joining = Type.Object(
  {
    role: Type.String({
      pattern: '^[A-Z_]{2,40}$',
      description: '身份代码，见代码表 observers；其他为 OTHER',
    }),
    name: Type.Optional(Name(30, '怎么称呼；只在现场显示，不公开')),
    publicKey: Type.String({ pattern: '^[0-9a-f]{64}$', description: '自己的设备生成的 Ed25519 公钥' }),
  },
  { additionalProperties: false },
)
export const Joined = Shape({
  token: Type.String({ description: '此后放在 x-observer 中' }),
  number: Count,
  mark: Type.String({ description: '签名中的代号，形如 w001' }),
})

export const Contributing = Type.Object(
  { text: Name(60, '自己写的一个数或者一句话') },
  { additionalProperties: false },
)
export const Contributed = Shape({ id: Type.String(), value: Type.String(), note: OrNull(Type.String()) })

export const Signing = Type.Object(
  {
    tag: Type.Enum(['contrib', 'cert'], { description: '签的是什么' }),
    hash: Hash,
    value: Type.String({ pattern: '^[0-9a-f]{128}$', description: '对 hash 的 64 个字符的 Ed25519 签名' }),
  },
  { additionalProperties: false },
)
export const Signed = Shape({ mark: Type.String(), hash: Hash })
