import { type Static, Type } from 'typebox'
import { Can, Day, Id, Instant, Name, OrNull, Reason, Shape, Version } from '../../platform/http/shapes.ts'

export const DECLARATION_KINDS = ['kinship', 'shareholding', 'formerPost', 'property', 'other'] as const
const kind = Type.Unsafe<(typeof DECLARATION_KINDS)[number]>(
  Type.String({
    enum: [...DECLARATION_KINDS],
    description: '亲属、投资持股、曾任职、房产租赁等财产关系、其他',
  }),
)

export const Declaration = Shape({
  id: Id,
  version: Version,
  kind,
  subjectCode: OrNull(Type.String()),
  subjectName: Type.String(),
  note: OrNull(Type.String()),
  from: OrNull(Day),
  until: OrNull(Day),
  declaredAt: Instant,
  declaredByName: Type.String(),
  withdrawnAt: OrNull(Instant),
  withdrawnByName: OrNull(Type.String()),
  withdrawalReason: OrNull(Type.String()),
  isInForce: Type.Boolean({ description: '今日是否据此回避' }),
  can: Can('withdraw'),
})
export type Declaration = Static<typeof Declaration>

export const DeclarationList = Shape({ items: Type.Array(Declaration) })

/** What was declared is not in it: an answer to a POST is kept for repeating. */
export const DeclarationRef = Shape({ id: Id, version: Version })

export const NewDeclaration = Type.Object(
  {
    inspectorId: Id,
    kind,
    subjectCode: Type.Optional(
      Type.String({
        pattern: '^[0-9A-Za-z._:-]{1,55}$',
        description: '检查对象的统一社会信用代码、注册号或平台编号',
      }),
    ),
    subjectName: Name(200, '检查对象名称'),
    note: Type.Optional(
      Type.String({ maxLength: 500, minLength: 1, description: '关系说明，例如“配偶任财务负责人”' }),
    ),
    from: Type.Optional(Day),
    until: Type.Optional(Day),
  },
  { additionalProperties: false },
)
export type NewDeclaration = Static<typeof NewDeclaration>

export const Withdrawal = Type.Object({ reason: Reason('撤回的理由') }, { additionalProperties: false })
