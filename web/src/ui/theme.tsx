// Light, dark, and the warm sun amber. Dense for office screens; larger targets where a finger points.

import { LoadingOutlined } from '@ant-design/icons'
import { App, ConfigProvider, theme as antTheme, type ThemeConfig } from 'antd'
import type { Locale } from 'antd/es/locale'
import { type ReactNode, useEffect, useSyncExternalStore } from 'react'
import { usePreference } from './preference.ts'

const THEMES = ['system', 'light', 'dark'] as const
export type ThemeChoice = (typeof THEMES)[number]

/** The person's choice of theme, and how to change it. */
export function useThemeChoice(): readonly [ThemeChoice, (choice: ThemeChoice) => void] {
  return usePreference('theme', THEMES, 'system')
}

const FONT = '"PingFang SC","Microsoft YaHei","Noto Sans SC",-apple-system,"Segoe UI",Roboto,sans-serif'

const common: ThemeConfig['token'] = {
  fontFamily: FONT,
  fontSize: 14,
  borderRadius: 6,
  wireframe: false,
  motionDurationMid: '0.12s',
  motionDurationSlow: '0.16s',
}

const LIGHT: ThemeConfig = {
  algorithm: antTheme.defaultAlgorithm,
  cssVar: { key: 'sunlot-light' },
  hashed: false,
  token: {
    ...common,
    colorPrimary: '#a84b00',
    colorLink: '#8f4300',
    colorLinkHover: '#b85a0c',
    colorInfo: '#1d5fc2',
    colorSuccess: '#18794e',
    colorWarning: '#a15c00',
    colorError: '#c5221f',
    colorTextBase: '#1c1a17',
    colorTextSecondary: '#4d4943',
    colorTextTertiary: '#5f5a52',
    colorTextDescription: '#5f5a52',
    colorTextPlaceholder: '#706a61',
    colorTextDisabled: '#736d64',
    colorBgLayout: '#f6f4f0',
    colorBorder: '#c9c3b8',
    colorBorderSecondary: '#e6e1d8',
  },
  components: { Table: { headerBg: '#f3f0ea' }, Layout: { siderBg: '#fbfaf7', headerBg: '#ffffff' } },
}

const DARK: ThemeConfig = {
  algorithm: antTheme.darkAlgorithm,
  cssVar: { key: 'sunlot-dark' },
  hashed: false,
  token: {
    ...common,
    colorPrimary: '#f5a524',
    colorTextLightSolid: '#1d1300',
    colorLink: '#f8b84e',
    colorLinkHover: '#ffd089',
    colorInfo: '#7db2ff',
    colorSuccess: '#5cc48d',
    colorWarning: '#f0b24a',
    colorError: '#ff8a80',
    colorTextBase: '#f2efe9',
    colorTextSecondary: '#cfcac1',
    colorTextTertiary: '#b3ada3',
    colorTextDescription: '#b3ada3',
    colorTextPlaceholder: '#9b958b',
    colorTextDisabled: '#96908a',
    colorBgBase: '#171512',
    colorBgContainer: '#1e1b18',
    colorBgElevated: '#282420',
    colorBgLayout: '#100f0d',
    colorBorder: '#4a463f',
    colorBorderSecondary: '#332f2a',
  },
  components: {
    Table: { headerBg: '#24211d' },
    Layout: { siderBg: '#171512', headerBg: '#1c1a17' },
    Tooltip: { colorTextLightSolid: '#f2efe9' },
  },
}

/** Whether dark is shown now. */
export function useIsDark(): boolean {
  const [choice] = useThemeChoice()
  const system = useSyncExternalStore(listenToSystem, () => darkQuery().matches)
  return choice === 'system' ? system : choice === 'dark'
}

/** Everything below it wears the theme and speaks the locale. */
export function AppTheme({ locale, children }: { readonly locale: Locale; readonly children: ReactNode }) {
  const isDark = useIsDark()
  useEffect(() => {
    document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light'
    document.documentElement.style.colorScheme = isDark ? 'dark' : 'light'
  }, [isDark])
  return (
    <ConfigProvider
      theme={isDark ? DARK : LIGHT}
      locale={locale}
      button={{ autoInsertSpace: false, loadingIcon: <LoadingOutlined aria-hidden /> }}
      form={{ requiredMark: false, colon: false, scrollToFirstError: false }}
    >
      <App className="app">{children}</App>
    </ConfigProvider>
  )
}

function darkQuery(): MediaQueryList {
  return matchMedia('(prefers-color-scheme: dark)')
}

function listenToSystem(listener: () => void): () => void {
  const query = darkQuery()
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}
