// The frame around every page after sign-in.

import { useQueryClient } from '@tanstack/react-query'
import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router'
import { Drawer, Grid, Layout } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ReauthenticationDialog } from '../accounts/reauthentication.tsx'
import { Failure, Loading } from '../ui/notices.tsx'
import { ErrorBoundary } from '../ui/error-boundary.tsx'
import { Banners, Foot } from '../operations/banners.tsx'
import { Citations } from './citations.tsx'
import { Help } from './help.tsx'
import { useMe } from '../me.ts'
import { SavedViews } from './saved-views.tsx'
import { SearchDialog } from './search-dialog.tsx'
import { SideNavigation } from './side-navigation.tsx'
import { TopBar } from './top-bar.tsx'
import { useShortcut } from '../ui/shortcut.ts'

/** Asks who is there, then shows the page that the address names. */
export function Shell() {
  const me = useMe()
  const navigate = useNavigate()
  const isEnrolling = me.data?.stage === 'enrol'
  useEffect(() => {
    if (isEnrolling) void navigate({ to: '/enrolment', replace: true })
  }, [isEnrolling, navigate])
  if (me.isError) return <Failure error={me.error} onRetry={() => void me.refetch()} />
  if (!me.data || isEnrolling) return <Loading />
  return (
    <Citations>
      <Frame />
    </Citations>
  )
}

function Frame() {
  const { t } = useTranslation()
  const isWide = Grid.useBreakpoint().lg ?? true
  const [open, setOpen] = useState<'navigation' | 'search' | 'help' | undefined>()
  const close = () => setOpen(undefined)
  useShortcut(['ctrl+k', '/'], () => setOpen('search'))
  useShortcut(['?'], () => setOpen('help'))
  const path = usePageFocus(close)
  return (
    <Layout className="frame">
      <a className="skip" href="#content">
        {t('shell.skip')}
      </a>
      <Banners />
      <TopBar
        onNavigation={isWide ? undefined : () => setOpen('navigation')}
        onSearch={() => setOpen('search')}
        onHelp={() => setOpen('help')}
      />
      <Layout className="below">
        {isWide ? (
          <Layout.Sider width={216} className="side">
            <SideNavigation />
          </Layout.Sider>
        ) : (
          <Drawer open={open === 'navigation'} onClose={close} placement="left" size={280} title={t('brand')}>
            <SideNavigation />
          </Drawer>
        )}
        <div className="page">
          <main id="content" tabIndex={-1}>
            <SavedViews>
              <ErrorBoundary key={path}>
                <Outlet />
              </ErrorBoundary>
            </SavedViews>
          </main>
          <Foot />
        </div>
      </Layout>
      <SearchDialog isOpen={open === 'search'} onClose={close} />
      <Help isOpen={open === 'help'} onClose={close} />
      <ReauthenticationDialog />
    </Layout>
  )
}

/** A new page begins at its top, and a screen reader is told by moving the focus there. */
function usePageFocus(close: () => void): string {
  const path = useRouterState({ select: ({ location }) => location.pathname })
  const client = useQueryClient()
  const last = useRef(path)
  useEffect(() => {
    if (last.current === path) return
    last.current = path
    close()
    document.querySelector<HTMLElement>('#content')?.focus({ preventScroll: true })
    scrollTo(0, 0)
    void client.invalidateQueries({ queryKey: ['notifications'] })
  })
  return path
}
