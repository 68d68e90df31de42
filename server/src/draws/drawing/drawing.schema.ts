import { Type } from 'typebox'
import { PageQuery } from '../../platform/http/pages.ts'
import { Can, Id, Instant, Named, OrNull, PageOf, Shape, Why } from '../../platform/http/shapes.ts'
import { PRESS_STAGES } from './press.rules.ts'

const Stage = Type.Enum([...PRESS_STAGES], {
  description: '抽取什么：objects 检查对象（和由牵头部门统一抽取的人员），inspectors 本部门检查人员',
})
const Count = Type.Integer({ minimum: 0 })

export const PressBody = Type.Object(
  {
    stage: Stage,
    authorityId: Type.Optional(Type.String({ format: 'uuid', description: '代为抽取的部门；省略即本部门' })),
    instead: Type.Optional(Type.Boolean({ description: '参与部门逾时未到，牵头部门代为抽取；写在证书页上' })),
  },
  { additionalProperties: false },
)

/** Who presses for what, who has, and how far the machine is. */
export const Presses = Shape({
  organiser: OrNull(Type.String({ description: '由谁抽取（draws.organiser）' })),
  presses: Type.Array(
    Shape({
      stage: Stage,
      authority: Named,
      by: OrNull(Type.String({ description: '谁按下的' })),
      at: OrNull(Instant),
      instead: Type.Boolean({ description: '牵头部门代为抽取' }),
      why: Why,
      whyInstead: Why,
    }),
  ),
  openSource: OrNull(Type.String({ description: '还没有确定的随机源' })),
  job: OrNull(
    Shape({ id: Id, state: Type.String(), done: Count, total: OrNull(Count), step: OrNull(Type.String()) }),
  ),
  can: Can('resume'),
})

export const SelectedQuery = Type.Object(
  { ...PageQuery, stratum: Type.Optional(Type.String({ maxLength: 64 })) },
  { additionalProperties: false },
)

const Selected = Shape({
  code: Type.String(),
  subject: Shape({ id: Id, name: Type.String() }),
  stratum: Type.String(),
  ticket: OrNull(Type.String({ description: '号码：种子和代码算出的散列，按它从小到大抽取' })),
  batch: OrNull(Count),
  place: OrNull(Type.String({ description: '去检查的小组' })),
  lacking: Type.Array(Type.String(), { description: '哪些部门派不出人' }),
  entered: Type.Integer({ description: '0 为抽中；否则为使其进入的变更编号' }),
  left: OrNull(Type.Integer({ description: '使其离开的变更编号' })),
})
export const SelectedPage = PageOf(Selected)

export const PostsQuery = Type.Object(
  {
    ...PageQuery,
    q: Type.Optional(Type.String({ minLength: 1, maxLength: 64, description: '小组或对象代码' })),
  },
  { additionalProperties: false },
)
const Member = Shape({
  alias: Type.String({ description: '代号' }),
  authority: Named,
  person: OrNull(Type.String({ description: '姓名；只给参与部门' })),
  entered: Type.Integer(),
  left: OrNull(Type.Integer()),
})
export const PostPage = PageOf(
  Shape({
    place: Type.String({ description: '小组，或检查对象代码' }),
    subject: OrNull(Type.String({ description: '按户派人时，检查对象名称' })),
    load: Count,
    members: Type.Array(Member),
  }),
)

export const Pressed = Shape({
  jobId: OrNull(Id),
  missing: Type.Array(Shape({ stage: Stage, authority: Named })),
})
