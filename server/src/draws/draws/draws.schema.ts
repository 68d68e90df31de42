import { type Static, Type } from 'typebox'
import { PageQuery } from '../../platform/http/pages.ts'
import {
  Can,
  DivisionCode,
  Id,
  Instant,
  Named,
  NamedDivision,
  OrNull,
  PageOf,
  Shape,
  Sought,
  Version,
  Why,
} from '../../platform/http/shapes.ts'
import { DRAW_STATES } from '../shapes.ts'

const Hash = Type.String({ pattern: '^[0-9a-f]{64}$' })
const Count = Type.Integer({ minimum: 0 })
const Code = Type.String()
const Params = Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]))

export const Figures = Shape({
  scopeCount: Count,
  population: Count,
  exclusions: Type.Array(Shape({ code: Code, subjects: Count })),
  strata: Type.Array(Shape({ code: Code, rows: Count, n: Count })),
  demands: Type.Array(
    Shape({
      code: Code,
      subjects: Count,
      authorities: Type.Array(
        Shape({
          code: Code,
          id: Id,
          name: Type.String(),
          members: Count,
          items: Type.Array(Type.String()),
        }),
      ),
    }),
  ),
  pools: Type.Array(
    Shape({ code: Code, id: Id, name: Type.String(), rows: Count, draw: Count, notAble: Count }),
  ),
  classes: Type.Array(Shape({ code: Code, name: Type.String() })),
  conflicts: Count,
  short: Count,
  teams: OrNull(Count),
})

const InfeasibleShape = Shape({
  authority: Code,
  subjects: Count,
  classes: Type.Array(Code),
  visits: Count,
  inspectors: Count,
  ofInspectors: Count,
  eachAtMost: Count,
  capacity: Count,
  shortBy: Count,
  others: Type.Array(Shape({ reason: Code, count: Count })),
  repairs: Type.Array(Shape({ kind: Code, solved: Type.Boolean(), remaining: Count, params: Params })),
})

const line = {
  id: Id,
  version: Version,
  name: Type.String({ description: '抽取的名称（draw_id），写在清单和日志中' }),
  task: Named,
  taskNumber: OrNull(Type.String()),
  year: Type.Integer(),
  division: NamedDivision,
  lead: Named,
  oversight: Named,
  state: Type.Enum([...DRAW_STATES]),
  isSealed: Type.Boolean({ description: '名单密封' }),
  isWithheld: Type.Boolean({ description: '已过出证时限而没有证书，也没有作废' }),
  population: OrNull(Count),
  drawn: OrNull(Count),
  closeBy: OrNull(Instant),
  certifyBy: OrNull(Instant),
  committedAt: OrNull(Instant),
}
export const DrawLine = Shape(line)

export const Draw = Shape({
  ...line,
  serial: Type.Integer(),
  planRef: Type.String(),
  drawNo: Type.Integer(),
  supersedes: OrNull(Named),
  seq: OrNull(Type.Integer()),
  organiser: OrNull(Code),
  mode: Type.Enum(['teams', 'subjects']),
  jobId: OrNull(Id),
  failure: OrNull(Shape({ code: Code, params: Type.Optional(Params) })),
  figures: OrNull(Figures),
  infeasible: OrNull(Type.Array(InfeasibleShape)),
  snapshotAt: OrNull(Instant),
  openAt: OrNull(Instant),
  openedAt: OrNull(Instant),
  commitHash: OrNull(Hash),
  closeHash: OrNull(Hash),
  certificateHash: OrNull(Hash),
  frozen: Shape({ by: Named, at: Instant }),
  committedBy: OrNull(Named),
  closingBy: OrNull(Named),
  closingAt: OrNull(Instant),
  closedBy: OrNull(Named),
  closedAt: OrNull(Instant),
  certifiedAt: OrNull(Instant),
  endedAt: OrNull(Instant),
  endReason: OrNull(Type.Enum(['cancelled', 'not_closed', 'beacon_absent', 'discarded'])),
  manifests: Type.Array(
    Shape({
      name: Type.String({ description: '清单文件，如 commit.json' }),
      hash: Hash,
      leafIndex: OrNull(Type.Integer({ description: '在公开日志中的位置；空：尚未排入' })),
      witnesses: Type.Integer({ description: '已有几个见证人见证' }),
    }),
  ),
  quorum: Type.Integer({ description: '需要几个见证人' }),
  now: Type.String({ format: 'date-time', description: '服务器此刻的时间；倒计时据此' }),
  stale: Why,
  can: Can('discard', 'commit', 'openRoom', 'closing', 'press', 'open', 'skip', 'void'),
})
export type Draw = Static<typeof Draw>
export type DrawLine = Static<typeof DrawLine>
export const DrawPage = PageOf(DrawLine)

export const DrawQuery = Type.Object(
  {
    ...PageQuery,
    q: Sought,
    year: Type.Optional(Type.Integer({ minimum: 2000, maximum: 2999 })),
    state: Type.Optional(Type.Enum([...DRAW_STATES])),
    division: Type.Optional(DivisionCode),
    task: Type.Optional(Id),
  },
  { additionalProperties: false },
)

/** `commit.json`, `events/0001.json` with its slash as a dash. */
export const ManifestName = Type.Object(
  {
    id: Id,
    name: Type.String({
      pattern: String.raw`^(plan|commit|close|certificate|events-[0-9]{4}(\.values)?)\.json$`,
      description: '清单文件名；事件文件的“/”写作“-”',
    }),
  },
  { additionalProperties: false },
)
export const PublicFile = Type.Object(
  {
    name: Type.String({ pattern: '^[0-9A-Za-z._:-]{1,55}$', description: '抽取的名称（draw_id）' }),
    file: Type.String({
      pattern: String.raw`^[a-z]+(-[0-9a-z.]+)?(\.values)?\.(json|tsv|html|py|sh)$`,
      description: '证据包中的文件名；事件文件的“/”写作“-”',
    }),
  },
  { additionalProperties: false },
)
/** Exact bytes, whatever they hold. */
export const Bytes = Type.Unsafe<unknown>({ type: 'string', format: 'binary' })
