// Every address of the console. The state of a list is in its search parameters, so that a page can be shared and found again.

import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Link,
  Outlet,
} from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../ui/notices.tsx'
import { Home } from './home.tsx'
import { Shell } from './shell.tsx'

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound })

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>) => texts(search, ['from']),
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
const home = createRoute({ getParentRoute: () => shell, path: '/', component: Home })
const security = createRoute({
  getParentRoute: () => shell,
  path: '/me/security',
  component: lazyRouteComponent(() => import('../accounts/security.tsx'), 'Security'),
})

const tree = root.addChildren([signIn, enrolment, shell.addChildren([home, security])])

/** The router of the console. */
export const router = createRouter({ routeTree: tree, defaultPreload: 'intent', scrollRestoration: false })

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}

/** The named search parameters that are there and are text; a number in an address is text as well. */
function texts<Name extends string>(
  search: Record<string, unknown>,
  names: readonly Name[],
): { readonly [name in Name]?: string } {
  const given = names.flatMap((name) => {
    const value = search[name]
    return typeof value === 'string' || typeof value === 'number' ? [[name, String(value)] as const] : []
  })
  return Object.fromEntries(given) as { readonly [name in Name]?: string }
}

function NotFound() {
  const { t } = useTranslation()
  return <EmptyState sentence={t('shell.not_found')} action={<Link to="/">{t('shell.go_home')}</Link>} />
}
