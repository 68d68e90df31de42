// The addresses of 抽取.

import { lazyRouteComponent } from '@tanstack/react-router'
import { page } from './page-routes.tsx'

/** Draws: what was frozen, the ceremony, the certificate, and what happens afterwards. */
export const DRAW_PAGES = [
  page(
    '/draws',
    ['q', 'year', 'state', 'division', 'task', 'after', 'limit'],
    lazyRouteComponent(() => import('../draws/draw-list.tsx'), 'DrawList'),
  ),
  page(
    '/draws/new',
    ['task'],
    lazyRouteComponent(() => import('../draws/freeze/freeze-page.tsx'), 'FreezePage'),
  ),
  page(
    '/draws/assignments',
    [],
    lazyRouteComponent(() => import('../draws/lists/assignments-page.tsx'), 'AssignmentsPage'),
  ),
  page(
    '/draws/replacements',
    ['show', 'draw', 'authority', 'state', 'year', 'by', 'after', 'limit'],
    lazyRouteComponent(() => import('../draws/events/replacement-list.tsx'), 'ReplacementList'),
  ),
  page(
    '/draws/replacements/$id',
    ['tab'],
    lazyRouteComponent(() => import('../draws/events/replacement-record.tsx'), 'ReplacementRecord'),
  ),
  page(
    '/draws/monitor',
    ['division', 'from', 'to'],
    lazyRouteComponent(() => import('../draws/monitor/monitor-page.tsx'), 'MonitorPage'),
  ),
  page(
    '/draws/$id',
    ['tab', 'after'],
    lazyRouteComponent(() => import('../draws/draw-record.tsx'), 'DrawRecord'),
  ),
  page(
    '/draws/$id/commitment',
    [],
    lazyRouteComponent(() => import('../draws/freeze/commitment-page.tsx'), 'CommitmentPage'),
  ),
  page(
    '/draws/$id/ceremony',
    [],
    lazyRouteComponent(() => import('../draws/ceremony/ceremony-page.tsx'), 'CeremonyPage'),
  ),
  page(
    '/draws/$id/press',
    [],
    lazyRouteComponent(() => import('../draws/drawing/press-page.tsx'), 'PressPage'),
  ),
  page(
    '/draws/$id/sealed',
    ['after'],
    lazyRouteComponent(() => import('../draws/lists/sealed-page.tsx'), 'SealedPage'),
  ),
  page(
    '/draws/$id/opening',
    [],
    lazyRouteComponent(() => import('../draws/lists/opening-page.tsx'), 'OpeningPage'),
  ),
  page(
    '/draws/$id/void',
    [],
    lazyRouteComponent(() => import('../draws/events/void-page.tsx'), 'VoidPage'),
  ),
] as const
