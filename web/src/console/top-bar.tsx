import {
  MenuOutlined,
  MoonOutlined,
  QuestionCircleOutlined,
  SearchOutlined,
  SunOutlined,
  UserOutlined,
} from '@ant-design/icons'
import { Link, useNavigate } from '@tanstack/react-router'
import { Button, Dropdown, Grid, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import { type ThemeChoice, useIsDark, useThemeChoice } from '../ui/theme.tsx'
import { AuthoritySwitcher } from './authority-switcher.tsx'
import { LanguageButton, useLanguageSwitch } from '../language-button.tsx'
import { useMe, useSignOut } from '../me.ts'
import { NotificationBell } from './notification-bell.tsx'
import sun from '../ui/sun.svg'

interface TopBarProps {
  readonly onNavigation?: (() => void) | undefined
  readonly onSearch: () => void
  readonly onHelp: () => void
}

/** Who, for which authority, and what is reached from everywhere. */
export function TopBar({ onNavigation, onSearch, onHelp }: TopBarProps) {
  const { t } = useTranslation()
  const isRoomy = Grid.useBreakpoint().md ?? true
  return (
    <header className="top-bar">
      {onNavigation ? (
        <Button type="text" icon={<MenuOutlined />} aria-label={t('shell.menu')} onClick={onNavigation} />
      ) : null}
      <Link to="/" className="brand">
        <img src={sun} alt="" width={24} height={24} />
        <span className={isRoomy ? '' : 'visually-hidden'}>{t('brand')}</span>
      </Link>
      <AuthoritySwitcher />
      <div className="stretch" />
      {isRoomy ? (
        <button type="button" className="search-box" onClick={onSearch}>
          <SearchOutlined />
          <span>{t('shell.search')}</span>
          <kbd>Ctrl K</kbd>
        </button>
      ) : (
        <Button type="text" icon={<SearchOutlined />} aria-label={t('shell.search')} onClick={onSearch} />
      )}
      <NotificationBell />
      {isRoomy ? (
        <>
          <LanguageButton />
          <ThemeButton />
          <Tooltip title={t('shell.help')}>
            <Button
              type="text"
              icon={<QuestionCircleOutlined />}
              aria-label={t('shell.help')}
              onClick={onHelp}
            />
          </Tooltip>
        </>
      ) : null}
      <MyMenu isRoomy={isRoomy} />
    </header>
  )
}

function ThemeButton() {
  const { t } = useTranslation()
  const isDark = useIsDark()
  const [choice, choose] = useThemeChoice()
  const choices: readonly ThemeChoice[] = ['system', 'light', 'dark']
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        selectedKeys: [choice],
        items: choices.map((key) => ({ key, label: t(`shell.themes.${key}`) })),
        onClick: ({ key }) => choose(key as ThemeChoice),
      }}
    >
      <Button type="text" icon={isDark ? <MoonOutlined /> : <SunOutlined />} aria-label={t('shell.theme')} />
    </Dropdown>
  )
}

function MyMenu({ isRoomy }: { readonly isRoomy: boolean }) {
  const { t } = useTranslation()
  const me = useMe().data
  const navigate = useNavigate()
  const signOut = useSignOut()
  const switchLanguage = useLanguageSwitch()
  const isDark = useIsDark()
  const [, chooseTheme] = useThemeChoice()
  const leave = () =>
    signOut.mutate(undefined, { onSuccess: () => void navigate({ to: '/sign-in', replace: true }) })
  const acts: Readonly<Record<string, () => void>> = {
    security: () => void navigate({ to: '/me/security' }),
    language: switchLanguage,
    theme: () => chooseTheme(isDark ? 'light' : 'dark'),
    leave,
  }
  const small = isRoomy
    ? []
    : [
        { key: 'language', label: t('shell.other_language') },
        { key: 'theme', label: t(isDark ? 'shell.themes.light' : 'shell.themes.dark') },
      ]
  const items = [
    { key: 'security', label: t('nav.pages.security') },
    ...small,
    { type: 'divider' as const },
    { key: 'leave', label: t('shell.sign_out') },
  ]
  return (
    <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => acts[key]?.() }}>
      <Button type="text" icon={<UserOutlined />} aria-label={t('shell.my_menu', { name: me?.name ?? '' })}>
        {isRoomy ? me?.name : null}
      </Button>
    </Dropdown>
  )
}
