import { personOf, read, type Route, write } from '../platform/http/route.ts'
import type { Contribution, Waiting } from '../platform/waiting.ts'
import { listNotifications, markRead } from './notifications.store.ts'
import { byClock } from './rules.ts'
import {
  Findings,
  NotificationId,
  NotificationPage,
  NotificationQuery,
  SearchQuery,
  WaitingList,
} from './schema.ts'
import { viewRoutes } from './views.routes.ts'

/** The first page after signing in, and the search: what each feature contributes, put together. */
export function homeRoutes(contributions: readonly Contribution[]): readonly Route[] {
  return [
    read({
      method: 'GET',
      path: '/todo',
      action: 'home.todo',
      summary: '待办：等我处理的事项，按法定期限排序',
      schema: {},
      replies: { 200: WaitingList },
      async handler(context) {
        const lists = await inTurn(contributions, (c) =>
          c.waitingFor?.(context.reader, personOf(context), context.now),
        )
        return { items: lists.toSorted(byClock) }
      },
    }),
    read({
      method: 'GET',
      path: '/started',
      action: 'home.started',
      summary: '我发起的事项：进行到哪里，卡在谁那里',
      schema: {},
      replies: { 200: WaitingList },
      async handler(context) {
        const lists = await inTurn(contributions, (c) =>
          c.startedBy?.(context.reader, personOf(context), context.now),
        )
        return { items: lists.toSorted(byClock) }
      },
    }),
    read({
      method: 'GET',
      path: '/search',
      action: 'home.search',
      summary: '全局搜索',
      schema: { query: SearchQuery },
      replies: { 200: Findings },
      async handler(context) {
        const { reader, reach, query } = context
        const person = personOf(context)
        const items = await inTurn(contributions, (c) => c.search?.(reader, reach, query.q.trim(), person))
        return { items }
      },
    }),
    read({
      method: 'GET',
      path: '/notifications',
      action: 'notification.list',
      summary: '给我的通知，最新的在前',
      schema: { query: NotificationQuery },
      replies: { 200: NotificationPage },
      handler: ({ reader, reach, query }) => listNotifications(reader, reach, query),
    }),
    write({
      method: 'POST',
      path: '/notifications/{id}/reading',
      action: 'notification.read',
      summary: '标为已读',
      about: 'notification',
      schema: { params: NotificationId },
      replies: { 204: { type: 'null' } },
      handler: ({ writer, reach, params, now }) => markRead(writer, reach, { id: params.id, now }),
    }),
    ...viewRoutes(),
  ]
}

/** One after the other: they share one connection. */
async function inTurn<T = Waiting>(
  contributions: readonly Contribution[],
  ask: (contribution: Contribution) => Promise<readonly T[]> | undefined,
): Promise<readonly T[]> {
  const all: T[] = []
  for (const contribution of contributions) all.push(...((await ask(contribution)) ?? []))
  return all
}
