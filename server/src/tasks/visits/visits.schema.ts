import { type Static, Type } from 'typebox'
import { PageQuery } from '../../platform/http/pages.ts'
import {
  Can,
  Day,
  DivisionCode,
  Id,
  Instant,
  Named,
  OrNull,
  PageOf,
  Reason,
  Shape,
  Version,
} from '../../platform/http/shapes.ts'

const Level = Type.Enum(['province', 'prefecture', 'county', 'station'], { description: '检查层级' })
const Ground = Type.String({
  pattern: '^[A-Z_]{2,40}$',
  description: '不计入频次上限的情形，见 frequency-exemptions',
})

/** One visit, however many authorities came. */
export const Visit = Shape({
  id: Id,
  version: Version,
  divisionCode: DivisionCode,
  subjectId: Id,
  subjectName: Type.String(),
  subjectCode: Type.String(),
  year: Type.Integer(),
  onDay: Day,
  level: Level,
  authorities: Type.Array(Named),
  taskId: OrNull(Id),
  source: Type.Enum(['task', 'declared'], { description: '由任务产生、登记' }),
  counts: Type.Boolean({ description: '是否计入年度频次上限；登记的须经确认' }),
  takesOut: Type.Boolean({ description: '是否因此不再抽取：由任务产生，或者登记后已确认' }),
  declaredBy: OrNull(Named),
  declaredAt: OrNull(Instant),
  confirmedBy: OrNull(Named),
  confirmedAt: OrNull(Instant),
  hasEvidence: Type.Boolean(),
  exemptionGround: OrNull(Type.String()),
  evidence: OrNull(Type.String()),
  isWithdrawn: Type.Boolean(),
  withdrawalReason: OrNull(Type.String()),
  can: Can('confirm', 'withdraw', 'readEvidence'),
})
export type Visit = Static<typeof Visit>
export const VisitPage = Shape({ ...PageOf(Visit).properties, can: Can('declare') })

export const VisitQuery = Type.Object(
  {
    subject: Type.Optional(Id),
    year: Type.Optional(Type.Integer({ minimum: 2000, maximum: 2200 })),
    division: Type.Optional(DivisionCode),
    state: Type.Optional(Type.Enum(['pending', 'confirmed', 'withdrawn'])),
    ...PageQuery,
  },
  { additionalProperties: false },
)

export const NewVisit = Type.Object(
  {
    subjectId: Id,
    onDay: Day,
    level: Level,
    authorityId: Type.String({ format: 'uuid', description: '检查部门：只能是登记人所在的部门' }),
    evidenceId: Type.String({ format: 'uuid', description: '证据文件：由登记人上传，用途为登记检查' }),
    exemptionGround: Type.Optional(OrNull(Ground)),
    evidence: Type.Optional(OrNull(Reason('依据的材料'))),
  },
  { additionalProperties: false },
)
export const VisitRef = Type.Object({ division: DivisionCode, id: Id }, { additionalProperties: false })
export const Withdrawal = Type.Object({ reason: Reason('撤回的理由') }, { additionalProperties: false })
