// Every address of the console. The state of a list is in its search parameters, so that a page can be shared and found
// again.

import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Link,
  Outlet,
  type RouteComponent,
} from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../ui/notices.tsx'
import { parseSearch, stringifySearch, textsOf } from './address.ts'
import { Home } from './home.tsx'
import { Shell } from './shell.tsx'

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound })

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
const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: Shell,
  notFoundComponent: NotFound,
})

/** A page inside the frame, with the names of the search parameters that it knows; each list has a `limit`. */
const page = <const Path extends string, const Name extends string>(
  path: Path,
  names: readonly Name[],
  component: RouteComponent,
) =>
  createRoute({
    getParentRoute: () => shell,
    path,
    validateSearch: (search: Record<string, unknown>) => ({
      ...textsOf(search, names),
      ...textsOf(search, ['limit']),
    }),
    component,
  })

const pages = [
  page('/', [], Home),
  page(
    '/registers/items',
    ['q', 'authority', 'state', 'field', 'tier', 'random', 'citation', 'after', 'limit'],
    lazyRouteComponent(() => import('../registers/catalogue/item-list.tsx'), 'ItemList'),
  ),
  page(
    '/registers/items/$id',
    ['tab', 'after'],
    lazyRouteComponent(() => import('../registers/catalogue/item-record.tsx'), 'ItemRecord'),
  ),
  page(
    '/registers/items/$id/checklist',
    [],
    lazyRouteComponent(() => import('../registers/catalogue/checklist-page.tsx'), 'ChecklistPage'),
  ),
  page(
    '/registers/joint-items',
    ['q', 'authority', 'state', 'after', 'limit'],
    lazyRouteComponent(() => import('../registers/catalogue/joint-list.tsx'), 'JointList'),
  ),
  page(
    '/registers/joint-items/$id',
    ['tab', 'after'],
    lazyRouteComponent(() => import('../registers/catalogue/joint-record.tsx'), 'JointRecord'),
  ),
  page(
    '/registers/citations',
    ['q', 'level', 'doubtful', 'after', 'limit'],
    lazyRouteComponent(() => import('../registers/catalogue/citation-list.tsx'), 'CitationList'),
  ),
  page(
    '/registers/documents',
    ['authority', 'kind', 'state', 'latest', 'after', 'limit'],
    lazyRouteComponent(() => import('../registers/catalogue/document-list.tsx'), 'DocumentList'),
  ),
  page(
    '/registers/documents/$id',
    ['tab', 'after'],
    lazyRouteComponent(() => import('../registers/catalogue/document-record.tsx'), 'DocumentRecord'),
  ),
  page(
    '/registers/statements',
    ['authority', 'state', 'after', 'limit'],
    lazyRouteComponent(() => import('../registers/catalogue/statement-list.tsx'), 'StatementList'),
  ),
  page(
    '/registers/statements/$id',
    ['tab', 'after'],
    lazyRouteComponent(() => import('../registers/catalogue/statement-record.tsx'), 'StatementRecord'),
  ),
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
    '/registers/subjects',
    [
      'q',
      'field',
      'division',
      'authority',
      'industry',
      'class',
      'grade',
      'kind',
      'type',
      'tag',
      'pool',
      'flag',
      'station',
      'item',
      'state',
      'left',
      'after',
      'limit',
    ],
    lazyRouteComponent(() => import('../registers/subjects/subject-list.tsx'), 'SubjectList'),
  ),
  page(
    '/registers/subjects/$id',
    ['tab', 'after'],
    lazyRouteComponent(() => import('../registers/subjects/subject-record.tsx'), 'SubjectRecord'),
  ),
  page(
    '/registers/changes',
    ['division', 'kind', 'state', 'source', 'returned', 'after', 'limit'],
    lazyRouteComponent(() => import('../registers/subjects/change-list.tsx'), 'ChangeList'),
  ),
  page(
    '/registers/changes/$id',
    ['tab', 'after'],
    lazyRouteComponent(() => import('../registers/subjects/change-record.tsx'), 'ChangeRecord'),
  ),
  page(
    '/registers/figures',
    ['division'],
    lazyRouteComponent(() => import('../registers/subjects/figures-page.tsx'), 'FiguresPage'),
  ),
  page(
    '/registers/inspectors',
    [
      'q',
      'division',
      'authority',
      'unit',
      'person',
      'category',
      'enforcementCategory',
      'qualification',
      'specialism',
      'level',
      'state',
      'warrant',
      'after',
      'limit',
    ],
    lazyRouteComponent(() => import('../registers/inspectors/inspector-list.tsx'), 'InspectorList'),
  ),
  page(
    '/registers/inspectors/$id',
    ['tab', 'after'],
    lazyRouteComponent(() => import('../registers/inspectors/inspector-record.tsx'), 'InspectorRecord'),
  ),
  page(
    '/registers/experts',
    ['q', 'kind', 'authority', 'field', 'ended', 'after', 'limit'],
    lazyRouteComponent(() => import('../registers/inspectors/expert-list.tsx'), 'ExpertList'),
  ),
  page(
    '/registers/experts/$id',
    ['tab', 'after'],
    lazyRouteComponent(() => import('../registers/inspectors/expert-record.tsx'), 'ExpertRecord'),
  ),
  page(
    '/registers/imports',
    ['register', 'after'],
    lazyRouteComponent(() => import('../registers/imports/import-list.tsx'), 'RegisterImportList'),
  ),
  page(
    '/registers/imports/$id',
    ['result', 'after'],
    lazyRouteComponent(() => import('../registers/imports/import-record.tsx'), 'RegisterImportRecord'),
  ),
  page(
    '/registers/imports/$id/application',
    [],
    lazyRouteComponent(() => import('../registers/imports/application-page.tsx'), 'ApplicationPage'),
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

function NotFound() {
  const { t } = useTranslation()
  return <EmptyState sentence={t('shell.not_found')} action={<Link to="/">{t('shell.go_home')}</Link>} />
}
