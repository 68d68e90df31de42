// The addresses of 抽查任务.

import { lazyRouteComponent } from '@tanstack/react-router'
import { page } from './page-routes.tsx'

/** Tasks, their consultation, schemes and what-if. */
export const TASK_PAGES = [
  page(
    '/tasks',
    ['q', 'year', 'state', 'authority', 'line', 'after', 'limit'],
    lazyRouteComponent(() => import('../tasks/task-list.tsx'), 'TaskList'),
  ),
  page(
    '/tasks/new',
    ['line'],
    lazyRouteComponent(() => import('../tasks/new/new-task.tsx'), 'NewTaskPage'),
  ),
  page(
    '/tasks/visits',
    ['year', 'subject', 'state', 'after', 'limit'],
    lazyRouteComponent(() => import('../tasks/visits/visit-list.tsx'), 'VisitList'),
  ),
  page(
    '/tasks/$id',
    ['tab', 'after'],
    lazyRouteComponent(() => import('../tasks/task-record.tsx'), 'TaskRecord'),
  ),
  page(
    '/tasks/$id/edit',
    [],
    lazyRouteComponent(() => import('../tasks/new/new-task.tsx'), 'EditTaskPage'),
  ),
  page(
    '/tasks/$id/dispatch',
    [],
    lazyRouteComponent(() => import('../tasks/dispatch-page.tsx'), 'DispatchPage'),
  ),
  page(
    '/tasks/invitations',
    ['state', 'after', 'limit'],
    lazyRouteComponent(() => import('../tasks/consultation/invitation-list.tsx'), 'InvitationList'),
  ),
  page(
    '/tasks/$id/answer',
    ['part'],
    lazyRouteComponent(() => import('../tasks/consultation/answer-page.tsx'), 'AnswerPage'),
  ),
  page(
    '/tasks/$id/scheme',
    ['version'],
    lazyRouteComponent(() => import('../tasks/schemes/scheme-page.tsx'), 'SchemePage'),
  ),
  page(
    '/tasks/$id/scheme/publication',
    [],
    lazyRouteComponent(() => import('../tasks/schemes/publication-page.tsx'), 'SchemePublicationPage'),
  ),
] as const
