// The console: officials, all day, many rows.

import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import enUS from 'antd/es/locale/en_US'
import zhCN from 'antd/es/locale/zh_CN'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { useTranslation } from 'react-i18next'
import { whenSignedOut } from '../api.ts'
import { ProblemError } from '../ui/problem.tsx'
import { AppTheme } from '../ui/theme.tsx'
import { startLanguage } from '../language.ts'
import { router } from './routes.tsx'

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // What the server refused it will refuse again; only silence is worth another try.
      retry: (failures, error) => failures < 2 && error instanceof ProblemError && error.status === 0,
    },
  },
})

whenSignedOut(() => {
  const { pathname, href } = router.state.location
  if (pathname === '/sign-in') return
  queries.clear()
  void router.navigate({ to: '/sign-in', search: { from: href }, replace: true })
})

function Console() {
  const { i18n } = useTranslation()
  return (
    <AppTheme locale={i18n.language === 'en' ? enUS : zhCN}>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </AppTheme>
  )
}

await startLanguage()
const root = document.querySelector('#root')
if (!root) throw new Error('the page has no #root')
createRoot(root).render(
  <StrictMode>
    <Console />
  </StrictMode>,
)
