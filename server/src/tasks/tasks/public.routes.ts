import { type Static, Type } from 'typebox'
import { keyOf, PageQuery, pageOf } from '../../platform/http/pages.ts'
import { read, reply, type Route } from '../../platform/http/route.ts'
import { Day, DivisionCode, Id, Instant, Named, OrNull, PageOf, Shape } from '../../platform/http/shapes.ts'
import { ScopeShape } from '../../plans/index.ts'
import { listPublic, type PublicRow } from './public.store.ts'

/** An agreed task, or one that was agreed and then cancelled, as anybody may read it. */
const PublicTask = Shape({
  id: Id,
  number: Type.String(),
  name: Type.String(),
  divisionCode: DivisionCode,
  leadAuthorityName: Type.String(),
  planId: OrNull(Id),
  lineNumber: OrNull(Type.Integer({ description: '计划中的序号；计划外任务为空' })),
  drawNo: OrNull(Type.Integer({ description: '计划安排中的第几次抽取' })),
  outsideGround: OrNull(Type.String({ description: '计划外的理由' })),
  scope: ScopeShape,
  narrowedReason: OrNull(Type.String({ description: '范围比计划安排窄的理由' })),
  startsOn: Day,
  endsOn: Day,
  state: Type.Enum(['agreed', 'cancelled']),
  agreedAt: Instant,
  endReason: OrNull(Type.String({ description: '取消的理由' })),
  replaces: OrNull(Named),
})
const PublicTaskPage = PageOf(PublicTask)
const PublicTaskQuery = Type.Object(
  { division: Type.Optional(DivisionCode), ...PageQuery },
  { additionalProperties: false },
)
const CACHED = { 'cache-control': 'public, max-age=300' }

/** 公布: what was agreed to be drawn, also what was cancelled afterwards, with its reason (I1, I2). */
export function publicTaskRoutes(): readonly Route[] {
  return [
    read({
      method: 'GET',
      path: '/public/tasks',
      action: 'publicTask.list',
      summary: '已商定的抽查任务，含商定后取消的及其理由',
      schema: { query: PublicTaskQuery },
      replies: { 200: PublicTaskPage },
      async handler({ reader, query }) {
        const { limit = 50, after, division } = query
        const rows = await listPublic(reader, { division, limit, after: keyOf(after, ['id'])?.[0] })
        return reply(200, pageOf(rows, limit, { key: ({ id }) => [id], show: represent }), CACHED)
      },
    }),
  ]
}

function represent({ replacesId, replacesNumber, ...row }: PublicRow): Static<typeof PublicTask> {
  const replaces = replacesId === null ? null : { id: replacesId, name: replacesNumber ?? '' }
  const agreedAt = row.agreedAt?.toISOString() ?? ''
  return { ...row, agreedAt, replaces } as unknown as Static<typeof PublicTask>
}
