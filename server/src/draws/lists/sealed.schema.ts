import { Type } from 'typebox'
import { PageQuery } from '../../platform/http/pages.ts'
import { Can, Day, Id, Instant, Named, OrNull, PageOf, Shape } from '../../platform/http/shapes.ts'

const Count = Type.Integer({ minimum: 0 })
const SubjectCode = Type.String({ pattern: '^[0-9A-Za-z._:-]{1,55}$', description: '检查对象代码' })

export const SealedQuery = Type.Object(PageQuery, { additionalProperties: false })

const Member = Shape({ alias: Type.String(), authority: Named, person: Type.String() })
const SealedLine = Shape({
  code: SubjectCode,
  name: OrNull(Type.String()),
  stratum: OrNull(Type.String()),
  batch: OrNull(Count),
  place: OrNull(Type.String({ description: '去检查的小组' })),
  lacking: Type.Array(Type.String(), { description: '哪些部门派不出人' }),
  members: Type.Array(Member),
})
export const SealedPage = PageOf(SealedLine)

export const SealedLineParams = Type.Object({ id: Id, code: SubjectCode }, { additionalProperties: false })
export const SealedProof = Shape({
  list: Type.String({ description: '在哪个名单中' }),
  line: Type.String({ description: '名单中的原样一行' }),
  salt: OrNull(Type.String({ description: '盐：随通知书交给检查对象' })),
  index: Count,
  size: Count,
  path: Type.Array(Type.String()),
  root: Type.String({ description: '证书中的根' }),
})

const Reading = Shape({
  id: Id,
  at: Instant,
  action: Type.String(),
  person: OrNull(Type.String()),
  authority: OrNull(Type.String()),
  purpose: OrNull(Type.String()),
})
export const Readings = Shape({ ...PageOf(Reading).properties, can: Can('read', 'prove') })

export const Opening = Type.Object(
  {
    secrets: Type.Optional(
      Type.Array(
        Type.Object(
          {
            id: Type.String({ pattern: '^[a-z][a-z0-9_]{0,15}$' }),
            value: Type.String({ pattern: '^[0-9a-f]{64}$' }),
          },
          { additionalProperties: false },
        ),
        { minItems: 2, maxItems: 2, description: '密钥文件打不开时，由两名保管人提供的密钥' },
      ),
    ),
  },
  { additionalProperties: false },
)
export const Opened = Shape({ openedAt: Instant })

export const Assignments = Shape({
  items: Type.Array(
    Shape({
      draw: Named,
      task: Type.String(),
      startsOn: Day,
      endsOn: Day,
      authority: Named,
      items: Type.Array(Type.String(), { description: '本部门的检查事项' }),
      isSealed: Type.Boolean({ description: '名单尚未公开，请勿告知他人' }),
      openAt: OrNull(Instant),
      alias: Type.String(),
      place: OrNull(Type.String()),
      with: Type.Array(Member, { description: '同组人员' }),
      subjects: Type.Array(Shape({ code: SubjectCode, name: OrNull(Type.String()) })),
      more: Type.Integer({ description: '未列出的户数' }),
    }),
  ),
})
