// What anybody reads of draws, as data.

import { Type } from 'typebox'
import { PageQuery } from '../../platform/http/pages.ts'
import { DivisionCode, Id, Instant, OrNull, PageOf, Shape, Why } from '../../platform/http/shapes.ts'

const NAME = '^[0-9A-Za-z._:-]{1,55}$'
const CODE = Type.String({ pattern: NAME, description: '统一社会信用代码，或名录中的编号' })
const Hash = Type.String({ pattern: '^[0-9a-f]{64}$', description: '指纹（64 位十六进制）' })
const State = Type.Enum(
  ['committed', 'closing', 'closed', 'drawing', 'certified', 'sealed', 'void', 'withheld'],
  {
    description: 'sealed：已出证，名单密封中；withheld：未按期出证',
  },
)
const Fraction = Shape({ num: Type.String(), den: Type.String() })
const Lang = Type.Optional(Type.Enum(['zh-CN', 'en'], { description: '页面的语言，默认中文' }))

export const ByName = Type.Object(
  { name: Type.String({ pattern: NAME, description: '抽取编号' }) },
  { additionalProperties: false },
)
export const ByCode = Type.Object(
  { name: ByName.properties.name, code: CODE },
  { additionalProperties: false },
)
export const InLanguage = Type.Object({ lang: Lang }, { additionalProperties: false })
export const WhyQuery = Type.Object(
  { lang: Lang, code: Type.Optional(Type.String({ maxLength: 100, description: '所查的代码' })) },
  { additionalProperties: false },
)
export const PublicDrawQuery = Type.Object(
  {
    division: Type.Optional(DivisionCode),
    year: Type.Optional(Type.Integer({ minimum: 2000, maximum: 9999 })),
    ...PageQuery,
  },
  { additionalProperties: false },
)
export const PublicDrawPageQuery = Type.Object(
  { ...PublicDrawQuery.properties, lang: Lang },
  { additionalProperties: false },
)
export const ChangeQuery = Type.Object({ ...PageQuery }, { additionalProperties: false })
export const ChangePageQuery = Type.Object({ ...PageQuery, lang: Lang }, { additionalProperties: false })

export const Page = Type.String({ format: 'binary', description: '网页' })
export const Zip = Type.String({ format: 'binary', description: '证据包（zip）' })

export const PublicDrawLine = Shape({
  name: Type.String(),
  taskId: Id,
  taskName: Type.String(),
  divisionCode: DivisionCode,
  leadAuthorityName: Type.String(),
  seq: Type.Integer({ description: '该部门的第几份承诺，没有间断' }),
  state: State,
  isSealed: Type.Boolean(),
  committedAt: Instant,
  certifyBy: Instant,
  certifiedAt: OrNull(Instant),
  endedAt: OrNull(Instant),
  endReason: OrNull(Type.String()),
  population: Type.Integer({ description: '备选户数' }),
  drawn: Type.Integer({ description: '抽取户数' }),
  commitHash: Hash,
  certificateHash: OrNull(Hash),
  supersedes: OrNull(Type.String({ description: '取代哪一次已作废的抽取' })),
  supersededBy: OrNull(Type.String()),
})
export const PublicDrawList = PageOf(PublicDrawLine)

export const PublicDrawShown = Shape({
  name: Type.String(),
  taskName: Type.String(),
  taskNumber: Type.String(),
  divisionCode: DivisionCode,
  leadAuthorityName: Type.String(),
  oversightAuthorityName: Type.String(),
  seq: Type.Integer(),
  state: State,
  isSealed: Type.Boolean(),
  closeBy: OrNull(Instant),
  certifyBy: OrNull(Instant),
  openAt: OrNull(Instant),
  openedAt: OrNull(Instant),
  endedAt: OrNull(Instant),
  endReason: OrNull(Type.String()),
  supersedes: OrNull(Type.String()),
  supersededBy: OrNull(Type.String()),
  population: Type.Integer(),
  drawn: Type.Integer(),
  scope: OrNull(Type.Integer({ description: '范围内的户数：备选加排除' })),
  exclusions: Type.Array(Shape({ code: Type.String(), subjects: Type.Integer() })),
  hashes: Shape({ commit: Hash, close: OrNull(Hash), certificate: OrNull(Hash) }),
  witnesses: Shape({ count: Type.Integer(), quorum: Type.Integer() }),
  authorities: Type.Array(Shape({ code: Type.String(), name: Type.String() })),
  /** “某人查某户”的最高概率: of a draw that is certified, and matches. */
  pair: OrNull(Fraction),
  observers: Type.Array(Shape({ role: Type.String(), count: Type.Integer(), contributed: Type.Integer() }), {
    description: '现场观察员按身份计数，不列姓名；不含被请出的',
  }),
  putOut: Type.Array(Shape({ number: Type.Integer(), at: Instant }), {
    description: '封口前被经办人员请出现场的设备：编号和时间',
  }),
  presses: Type.Array(
    Shape({
      stage: Type.Enum(['objects', 'inspectors']),
      authority: Type.String(),
      instead: Type.Boolean({ description: '由牵头部门代为启动' }),
      at: Instant,
    }),
  ),
  events: Type.Array(
    Shape({
      n: Type.Integer(),
      type: Type.Enum(['skip', 'substitute', 'void', 'open']),
      at: Instant,
      entered: OrNull(Type.String({ description: '进入名单的代码或代号' })),
      isSettled: Type.Boolean(),
      stale: Why,
    }),
  ),
  files: Type.Array(Type.String(), { description: '可按名取得原始字节的清单' }),
})

const Proof = Shape({
  of: Type.String({ description: '在哪份名单里' }),
  line: Type.String(),
  index: Type.Integer(),
  size: Type.Integer(),
  path: Type.Array(Type.String()),
  root: Hash,
  holds: Type.Boolean(),
})

export const PublicFateShape = Shape({
  name: Type.String(),
  code: Type.String(),
  kind: Type.Enum([
    'unreadable',
    'sealed',
    'not_listed',
    'excluded',
    'frozen',
    'void',
    'unsettled',
    'drawn',
    'not_drawn',
  ]),
  file: Type.Optional(Type.String()),
  openAt: Type.Optional(Type.Integer()),
  register: Type.Optional(Type.Integer({ description: '名录库的户数' })),
  reason: Type.Optional(Type.String({ description: '排除的理由代码' })),
  evidence: Type.Optional(Type.String()),
  stratum: Type.Optional(Type.String()),
  stratumRows: Type.Optional(Type.Integer()),
  weight: Type.Optional(Type.Integer()),
  population: Type.Optional(Type.Integer()),
  chance: Type.Optional(Fraction),
  proofs: Type.Optional(Type.Array(Proof)),
  ticket: Type.Optional(
    Shape({
      alg: Type.String(),
      seed: Type.String(),
      stage: Type.String(),
      ticket: Hash,
      among: Type.Enum(['stratum', 'class', 'all']),
      rows: Type.Integer(),
      n: Type.Integer(),
      cut: Type.Optional(Hash),
      batch: Type.Optional(Shape({ number: Type.Integer(), of: Type.Integer() })),
      shell: Type.String({ description: '在终端里重算签号的一行' }),
    }),
  ),
  later: Type.Optional(Shape({ kind: Type.Enum(['skipped', 'entered']), n: Type.Integer() })),
  visit: Type.Optional(
    Shape({
      team: Type.Optional(Type.String()),
      aliases: Type.Array(Type.String()),
      lacking: Type.Array(Type.String()),
    }),
  ),
})

const Change = Shape({
  code: Type.String(),
  kind: Type.Enum(['entered', 'changed', 'left', 'returned', 'moved']),
  fields: Type.Array(Type.String(), { description: '变更的项目' }),
  at: Instant,
})
export const ChangeList = Shape({
  from: Instant,
  to: Instant,
  count: Type.Integer(),
  items: Type.Array(Change, { description: '名单密封期间为空' }),
  next: Type.Optional(Type.String()),
})

export const WitnessPolicy = Shape({
  v: Type.String(),
  log: Shape({ origin: Type.String(), key: Type.String() }),
  witnesses: Type.Array(Shape({ name: Type.String(), key: Type.String() })),
  quorum: Type.Integer(),
  faults: Type.Integer(),
})
