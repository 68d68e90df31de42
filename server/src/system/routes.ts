import { Type } from 'typebox'
import type { Engine } from '../platform/database/engine.ts'
import { read, type Route } from '../platform/http/route.ts'

const System = Type.Object(
  {
    version: Type.String(),
    database: Type.Enum(['real', 'simulated'], { description: '正式库，或仅供培训和演练的模拟库' }),
    engine: Type.Enum(['postgres', 'pglite'], { description: 'pglite 为内置数据库，仅供体验' }),
    durability: Type.String({ description: '断电后已确认的数据是否还在' }),
    now: Type.String({ format: 'date-time', description: '平台时间；模拟库中可能不同于机器时间' }),
  },
  { additionalProperties: false },
)

/** What anybody may know of this installation. */
export function systemRoutes({
  engine,
  version,
}: {
  readonly engine: Engine
  readonly version: string
}): readonly Route[] {
  return [
    read({
      method: 'GET',
      path: '/system',
      action: 'system.show',
      summary: '本平台的版本、数据库性质与平台时间',
      schema: {},
      replies: { 200: System },
      async handler({ reader, now }) {
        const { kind } = await reader.selectFrom('platform.birth').select('kind').executeTakeFirstOrThrow()
        return {
          version,
          database: kind,
          engine: engine.kind,
          durability: engine.durability.level,
          now: now.toISOString(),
        }
      },
    }),
  ]
}
