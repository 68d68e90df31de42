// 公正监测: whether chance behaved as chance does, for anybody to read.

import type { Static } from 'typebox'
import { dayOf } from '../../platform/clock.ts'
import { read, reply, type Route } from '../../platform/http/route.ts'
import { Page } from '../certificate/public.schema.ts'
import { sayIn } from '../certificate/words.ts'
import type { DrawsParts } from '../parts.ts'
import { monitorPage } from './monitor-page.ts'
import { Monitor, MonitorPageQuery, MonitorQuery } from './monitor.schema.ts'
import type { Window } from './monitor.store.ts'
import { type MonitorReport, monitorReport } from './report.ts'

/** The monitor, as data and as a page. */
export function monitorRoutes(parts: DrawsParts): readonly Route[] {
  const reports = new Reports(parts)
  return [
    read({
      method: 'GET',
      path: '/public/monitor',
      action: 'monitor.show',
      summary: '公正监测：抽取与事先写明的概率是否相符',
      schema: { query: MonitorQuery },
      replies: { 200: Monitor },
      before: ({ query, now }) => reports.of(windowOf(query, now), now),
      handler: (_, report) => Promise.resolve(reply(200, report, CACHED)),
    }),
    read({
      method: 'GET',
      path: '/public/monitor.html',
      action: 'monitor.page',
      summary: '公正监测的网页',
      schema: { query: MonitorPageQuery },
      replies: { 200: Page },
      before: ({ query, now }) => reports.of(windowOf(query, now), now),
      handler({ query }, report) {
        const { lang = 'zh-CN', ...asked } = query
        return Promise.resolve(monitorPage(report, { say: sayIn(lang), asked }))
      },
    }),
  ]
}

const CACHED = { 'cache-control': 'public, max-age=300' }
/** Three years are looked at where nothing else is asked for. */
const YEARS = 3
const KEPT_MS = 600_000
const MOST_KEPT = 64

/** Reports cost seconds and change slowly: one is made for everybody who asks within ten minutes. */
class Reports {
  readonly #parts: DrawsParts
  readonly #kept = new Map<string, { readonly at: number; readonly report: Promise<MonitorReport> }>()

  constructor(parts: DrawsParts) {
    this.#parts = parts
  }

  of(window: Window, now: Date): Promise<MonitorReport> {
    const key = `${window.division ?? ''} ${window.from} ${window.to}`
    const there = this.#kept.get(key)
    if (there && now.getTime() - there.at < KEPT_MS) return there.report
    const { files, log, recording } = this.#parts
    const report = monitorReport(recording.database, { files, policy: log.policy }, window, now)
    this.#kept.set(key, { at: now.getTime(), report })
    for (const oldest of this.#kept.keys()) if (this.#kept.size > MOST_KEPT) this.#kept.delete(oldest)
    report.catch(() => this.#kept.delete(key))
    return report
  }
}

function windowOf(
  { division, from, to }: Pick<Static<typeof MonitorQuery>, 'division' | 'from' | 'to'>,
  now: Date,
): Window {
  const last = to ?? dayOf(now)
  return {
    division,
    from: from ?? `${Number(last.slice(0, 4)) - YEARS}${last.slice(4)}`.replace('-02-29', '-02-28'),
    to: last,
  }
}
