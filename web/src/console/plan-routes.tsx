// The addresses of 年度计划.

import { lazyRouteComponent } from '@tanstack/react-router'
import { page } from './page-routes.tsx'

/** Plans, their tables, amendments and filings. */
export const PLAN_PAGES = [
  page(
    '/plans',
    ['q', 'year', 'kind', 'authority', 'state', 'after', 'limit'],
    lazyRouteComponent(() => import('../plans/plan-list.tsx'), 'PlanList'),
  ),
  page(
    '/plans/filings',
    ['direction', 'kind', 'state', 'year', 'after', 'limit'],
    lazyRouteComponent(() => import('../plans/filing-list.tsx'), 'FilingList'),
  ),
  page(
    '/plans/$id',
    ['tab', 'line', 'after', 'limit'],
    lazyRouteComponent(() => import('../plans/plan-record.tsx'), 'PlanRecord'),
  ),
  page(
    '/plans/$id/publication',
    [],
    lazyRouteComponent(() => import('../plans/publication-page.tsx'), 'PublicationPage'),
  ),
  page(
    '/plans/$id/import',
    ['import', 'result', 'after'],
    lazyRouteComponent(() => import('../plans/plan-import-page.tsx'), 'PlanImportPage'),
  ),
  page(
    '/plans/$id/consolidation',
    [],
    lazyRouteComponent(() => import('../plans/consolidation-page.tsx'), 'ConsolidationPage'),
  ),
  page(
    '/plans/overlaps',
    ['plan'],
    lazyRouteComponent(() => import('../plans/overlaps-page.tsx'), 'OverlapsPage'),
  ),
] as const
