// The root of all addresses, the frame around those who are signed in, and what a page inside it is.

import { createRootRoute, createRoute, Link, Outlet, type RouteComponent } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../ui/notices.tsx'
import { textsOf } from './address.ts'
import { Shell } from './shell.tsx'

/** What every address stands under. */
export const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound })

/** What everybody sees who is signed in, around each page. */
export const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: Shell,
  notFoundComponent: NotFound,
})

/** A page inside the frame, with the names of the search parameters that it knows; each list has a `limit`. */
export const page = <const Path extends string, const Name extends string>(
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

function NotFound() {
  const { t } = useTranslation()
  return <EmptyState sentence={t('shell.not_found')} action={<Link to="/">{t('shell.go_home')}</Link>} />
}
