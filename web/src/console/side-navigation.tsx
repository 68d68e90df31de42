import { Link, useRouterState } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { PLACES, type Place } from './navigation.tsx'
import { useMay } from '../may.ts'

/** The areas that are built, with their pages. */
export function SideNavigation() {
  const { t } = useTranslation()
  const may = useMay()
  return (
    <nav aria-label={t('nav.label')} className="side-navigation">
      {PLACES.map((place) => ({ ...place, pages: place.pages.filter(({ to }) => may(to)) }))
        .filter(({ pages }) => pages.length > 0)
        .map((place) => (
          <PlaceLinks key={place.key} place={place} />
        ))}
    </nav>
  )
}

/** The router would mark every page above as current too. */
const EXACT = { exact: true } as const

function PlaceLinks({ place }: { readonly place: Place }) {
  const { t } = useTranslation()
  const path = useRouterState({ select: ({ location }) => location.pathname })
  const [only, ...others] = place.pages
  const isAt = (to: string) => (to === '/' ? path === '/' : path === to || path.startsWith(`${to}/`))
  // A page below another is itself, and not that other.
  const isHere = ({ to }: { readonly to: string }) =>
    isAt(to) && !place.pages.some((page) => page.to.startsWith(`${to}/`) && isAt(page.to))
  if (only && others.length === 0)
    return (
      <Link
        to={only.to}
        activeOptions={EXACT}
        className="place"
        aria-current={isHere(only) ? 'page' : undefined}
      >
        {place.icon}
        {t(`nav.places.${place.key}`)}
      </Link>
    )
  return (
    <section>
      <h2 className="place">
        {place.icon}
        {t(`nav.places.${place.key}`)}
      </h2>
      <ul>
        {place.pages.map((page) => (
          <li key={page.key}>
            <Link to={page.to} activeOptions={EXACT} aria-current={isHere(page) ? 'page' : undefined}>
              {t(`nav.pages.${page.key as 'people'}`)}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
