import { type Static, Type } from 'typebox'
import { Can, Id, Instant, OrNull, Shape } from '../../platform/http/shapes.ts'
import { LOTTERIES } from './sources.rules.ts'

const Part = Type.Enum(['1/4', '1/2', '1/1'])
/** How many of those eligible may conflict with one subject, as it is chosen. */
export type ConflictCap = Static<typeof Part>

export const Freeze = Type.Object(
  {
    sealed: Type.Optional(Type.Boolean({ description: '名单密封；缺省按规则：须公开的不密封，其余密封' })),
    maxConflicts: Type.Optional(
      Type.Unsafe<ConflictCap>({
        ...Part,
        description: '每户（每人）利害关系人数上限，占可选人数的比例；高于四分之一的须由监督部门加签',
      }),
    ),
  },
  { additionalProperties: false },
)

export const FreezeAsked = Shape({ id: Id, jobId: Id })

export const Findings = Shape({
  snapshotAt: OrNull(Instant),
  findings: Type.Array(
    Shape({
      code: Type.String(),
      severity: Type.Enum(['error', 'warning']),
      params: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])),
      law: Type.Optional(Type.String()),
      mend: Type.String({ description: '在哪里改正：页面地址，没有则为空' }),
    }),
  ),
  software: Type.Array(Shape({ name: Type.String(), hash: Type.String() })),
  maxConflicts: OrNull(Type.String({ description: '利害关系人数上限，如 1/4' })),
  hasBeacon: Type.Boolean({ description: '本机可以取得信标' }),
  leastNotice: Type.Integer({ description: '承诺到封口至少多少秒' }),
  can: Can('commit'),
})

const NotBefore = Type.Optional(
  Type.Unsafe<string>({ ...Instant, description: '最早何时可以有值；缺省为封口时限后一分钟' }),
)
const Roller = Type.String({ pattern: '^[0-9A-Za-z._:-]{1,55}$' })

export const Commit = Type.Object(
  {
    closeBy: Instant,
    openAt: Type.Optional(Instant),
    sources: Type.Array(
      Type.Union([
        Type.Object(
          {
            kind: Type.Literal('dice'),
            faces: Type.Union([Type.Literal(6), Type.Literal(10)]),
            count: Type.Integer({ minimum: 1, maximum: 64 }),
            roller: Type.Optional(Roller),
            note: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
            notBefore: NotBefore,
          },
          { additionalProperties: false },
        ),
        Type.Object(
          {
            kind: Type.Literal('lottery'),
            game: Type.Enum(Object.keys(LOTTERIES) as (keyof typeof LOTTERIES)[]),
            issue: Type.String({ pattern: '^[0-9]{5,8}$' }),
            notBefore: NotBefore,
          },
          { additionalProperties: false },
        ),
        Type.Object({ kind: Type.Literal('drand') }, { additionalProperties: false }),
      ]),
      { minItems: 1, maxItems: 8 },
    ),
    note: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
  },
  { additionalProperties: false },
)
export type Commit = Static<typeof Commit>
