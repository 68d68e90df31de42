// Every address of the console. The state of a list is in its search parameters, so that a page can be shared and found
// again.

import { createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { parseSearch, stringifySearch, textsOf } from './address.ts'
import { DRAW_PAGES } from './draw-routes.tsx'
import { Home } from './home.tsx'
import { page, root, shell } from './page-routes.tsx'
import { PLAN_PAGES } from './plan-routes.tsx'
import { REGISTER_PAGES } from './register-routes.tsx'
import { TASK_PAGES } from './task-routes.tsx'

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>) => textsOf(search, ['from']),
  component: lazyRouteComponent(() => import('../accounts/sign-in.tsx'), 'SignIn'),
})
const enrolment = createRoute({
  getParentRoute: () => root,
  path: '/enrolment',
  component: lazyRouteComponent(() => import('../accounts/enrolment.tsx'), 'Enrolment'),
})
const pages = [
  page('/', [], Home),
  ...REGISTER_PAGES,
  ...PLAN_PAGES,
  ...TASK_PAGES,
  ...DRAW_PAGES,
  page(
    '/agencies/authorities',
    ['q', 'division', 'closed', 'after'],
    lazyRouteComponent(() => import('../agencies/authority-list.tsx'), 'AuthorityList'),
  ),
  page(
    '/agencies/authorities/$id',
    ['tab', 'after'],
    lazyRouteComponent(() => import('../agencies/authority-record.tsx'), 'AuthorityRecord'),
  ),
  page(
    '/agencies/authorities/$id/closure',
    [],
    lazyRouteComponent(() => import('../agencies/closure-page.tsx'), 'ClosurePage'),
  ),
  page(
    '/agencies/people',
    ['q', 'authority', 'left', 'after'],
    lazyRouteComponent(() => import('../agencies/person-list.tsx'), 'PersonList'),
  ),
  page(
    '/agencies/people/$id',
    ['tab', 'after'],
    lazyRouteComponent(() => import('../agencies/person-record.tsx'), 'PersonRecord'),
  ),
  page(
    '/agencies/grants',
    ['state', 'authority', 'after'],
    lazyRouteComponent(() => import('../agencies/grant-list.tsx'), 'GrantList'),
  ),
  page(
    '/agencies/grants/$id',
    ['tab', 'after'],
    lazyRouteComponent(() => import('../agencies/grant-record.tsx'), 'GrantRecord'),
  ),
  page(
    '/agencies/conferences',
    ['after'],
    lazyRouteComponent(() => import('../agencies/conference-list.tsx'), 'ConferenceList'),
  ),
  page(
    '/agencies/conferences/$id',
    ['tab', 'after'],
    lazyRouteComponent(() => import('../agencies/conference-record.tsx'), 'ConferenceRecord'),
  ),
  page(
    '/agencies/divisions',
    ['q', 'under', 'after'],
    lazyRouteComponent(() => import('../agencies/division-browser.tsx'), 'DivisionBrowser'),
  ),
  page(
    '/agencies/imports',
    ['after'],
    lazyRouteComponent(() => import('../agencies/import-page.tsx'), 'ImportPage'),
  ),
  page(
    '/agencies/imports/$id',
    ['result', 'after'],
    lazyRouteComponent(() => import('../agencies/import-record.tsx'), 'ImportRecord'),
  ),
  page(
    '/law/parameters',
    ['division', 'on', 'q'],
    lazyRouteComponent(() => import('../law/parameter-list.tsx'), 'ParameterList'),
  ),
  page(
    '/law/parameters/$group/$name',
    ['division', 'on'],
    lazyRouteComponent(() => import('../law/parameter-record.tsx'), 'ParameterRecord'),
  ),
  page(
    '/law/entries',
    ['state'],
    lazyRouteComponent(() => import('../law/proposal-list.tsx'), 'ProposalList'),
  ),
  page(
    '/law/calendars',
    [],
    lazyRouteComponent(() => import('../law/calendar-list.tsx'), 'CalendarList'),
  ),
  page(
    '/law/deadline',
    ['division', 'key', 'start'],
    lazyRouteComponent(() => import('../law/deadline-page.tsx'), 'DeadlinePage'),
  ),
  page(
    '/law/comparison',
    ['places', 'q', 'all'],
    lazyRouteComponent(() => import('../law/comparison-page.tsx'), 'ComparisonPage'),
  ),
  page(
    '/audit/events',
    ['action', 'outcome', 'from', 'until', 'after'],
    lazyRouteComponent(() => import('../audit/event-list.tsx'), 'EventList'),
  ),
  page(
    '/audit/events/$id',
    [],
    lazyRouteComponent(() => import('../audit/event-record.tsx'), 'EventRecord'),
  ),
  page(
    '/me/security',
    [],
    lazyRouteComponent(() => import('../accounts/security.tsx'), 'Security'),
  ),
  page(
    '/accounts',
    ['q', 'after'],
    lazyRouteComponent(() => import('../accounts/account-list.tsx'), 'AccountList'),
  ),
  page(
    '/operations/jobs',
    ['after'],
    lazyRouteComponent(() => import('../operations/job-list.tsx'), 'JobList'),
  ),
  page(
    '/operations/jobs/$id',
    [],
    lazyRouteComponent(() => import('../operations/job-record.tsx'), 'JobRecord'),
  ),
  page(
    '/operations/system',
    [],
    lazyRouteComponent(() => import('../operations/system-page.tsx'), 'SystemPage'),
  ),
] as const

const tree = root.addChildren([signIn, enrolment, shell.addChildren(pages)])

/** The router of the console. */
export const router = createRouter({
  routeTree: tree,
  defaultPreload: 'intent',
  scrollRestoration: false,
  parseSearch,
  stringifySearch,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
