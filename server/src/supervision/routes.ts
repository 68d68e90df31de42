import { read, type Route } from '../platform/http/route.ts'
import { getEvent, listEvents } from './audit.store.ts'
import { EventDetail, EventId, EventPage, EventQuery } from './schema.ts'

/** The audit trail, for those who oversee. */
export const auditRoutes: readonly Route[] = [
  read({
    method: 'GET',
    path: '/audit/events',
    action: 'audit.list',
    summary: '留痕：谁在何时对什么做了什么，包括被拒绝的尝试',
    schema: { query: EventQuery },
    replies: { 200: EventPage },
    handler: ({ reader, reach, query }) => listEvents(reader, reach, query),
  }),
  read({
    method: 'GET',
    path: '/audit/events/{id}',
    action: 'audit.show',
    summary: '一条留痕：改动前后的内容，以及它在透明日志中的位置',
    schema: { params: EventId },
    replies: { 200: EventDetail },
    handler: ({ reader, reach, params }) => getEvent(reader, reach, params.id),
  }),
]
