import { AdvancedClock, type Clock } from '../platform/clock.ts'
import type { Engine } from '../platform/database/engine.ts'
import { free, read, type Route, write } from '../platform/http/route.ts'
import type { Files } from '../platform/files/files.ts'
import type { Jobs } from '../platform/jobs/jobs.ts'
import type { Access } from '../platform/reach.ts'
import { record } from '../platform/record.ts'
import { demand } from '../platform/refusal.ts'
import { fileRoutes } from './files.routes.ts'
import { readAheadMs, readKind, setAhead } from './clock.store.ts'
import { cancelJob, getJob, listJobs } from './jobs.store.ts'
import { whyNotSetClock } from './rules.ts'
import { ClockInput, ClockView, JobId, JobPage, JobQuery, JobView, System } from './schema.ts'

const CLOCK = { type: 'clock', id: 'platform' } as const

/** What this feature is given. */
export interface SystemParts {
  readonly engine: Engine
  readonly clock: Clock
  readonly jobs: Jobs
  readonly files: Files
  readonly version: string
  readonly oidc: boolean
}

/** What anybody may know of this installation; jobs; the clock of a simulated database. */
export function systemRoutes(parts: SystemParts): readonly Route[] {
  return [...installationRoutes(parts), ...jobRoutes(parts), ...fileRoutes(parts.files)]
}

function installationRoutes({ engine, clock, version, oidc }: SystemParts): readonly Route[] {
  return [
    read({
      method: 'GET',
      path: '/system',
      action: 'system.show',
      summary: '本平台的版本、数据库性质与平台时间',
      schema: {},
      replies: { 200: System },
      handler: async ({ reader, now }) => ({
        version,
        database: await readKind(reader),
        engine: engine.kind,
        durability: engine.durability.level,
        now: now.toISOString(),
        oidc,
      }),
    }),
    read({
      method: 'GET',
      path: '/clock',
      action: 'clock.show',
      summary: '平台时间',
      schema: {},
      replies: { 200: ClockView },
      handler: async ({ reader, now }) => ({ now: now.toISOString(), aheadMs: await readAheadMs(reader) }),
    }),
    free({
      method: 'POST',
      path: '/clock',
      action: 'clock.set',
      summary: '设置模拟库的时间（仅供培训和演练；只能向前）',
      about: 'clock',
      withoutIdempotency: true,
      schema: { body: ClockInput },
      replies: { 200: ClockView },
      // Free, because the clock of this process moves only after the database has taken the change.
      async handler({ recording, actor, body, now, requestId }) {
        const to = new Date(body.now)
        const aheadMs = await record(
          recording,
          actor,
          { action: 'clock.set', about: CLOCK, requestId },
          async (writer) => {
            demand(whyNotSetClock(await readKind(writer), { now, to }))
            const ahead = (await readAheadMs(writer)) + to.getTime() - now.getTime()
            await setAhead(writer, ahead)
            return ahead
          },
        )
        if (clock instanceof AdvancedClock) clock.setAhead(aheadMs)
        return { now: clock.now().toISOString(), aheadMs }
      },
    }),
  ]
}

function jobRoutes({ jobs }: SystemParts): readonly Route[] {
  return [
    read({
      method: 'GET',
      path: '/jobs',
      action: 'job.list',
      summary: '后台任务，最新的在前',
      schema: { query: JobQuery },
      replies: { 200: JobPage },
      handler: ({ reader, reach, query, access }) =>
        listJobs(reader, reach, { ...query, unasked: unaskedFor(jobs, access) }),
    }),
    read({
      method: 'GET',
      path: '/jobs/{id}',
      action: 'job.show',
      summary: '一项后台任务的进度与结果',
      schema: { params: JobId },
      replies: { 200: JobView },
      handler: ({ reader, reach, params, access }) =>
        getJob(reader, reach, { id: params.id, unasked: unaskedFor(jobs, access) }),
    }),
    write({
      method: 'POST',
      path: '/jobs/{id}/cancellation',
      action: 'job.cancel',
      summary: '取消一项后台任务：在下一步停下，未提交的部分撤销，已提交的保留，所办的事上写明停在何处',
      about: 'job',
      schema: { params: JobId },
      replies: { 200: JobView },
      async handler({ writer, reach, params, now }) {
        const job = await cancelJob(writer, reach, { id: params.id, now })
        jobs.abort(params.id)
        return job
      },
    }),
  ]
}

/** A kind of job has the name of the action that asks for it: who may ask for one sees those that nobody asked for. */
function unaskedFor({ kinds }: Jobs, access: Access): readonly string[] {
  return kinds.filter((kind) => access.reachOf(kind) !== undefined)
}
