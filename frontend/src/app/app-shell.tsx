import { useQuery } from '@tanstack/react-query'
import {
  FileUp,
  House,
  Layers,
  LogOut,
  Monitor,
  Moon,
  PanelLeft,
  Search,
  Settings,
  Sun,
  Target,
  UserRound,
  Users,
} from 'lucide-react'
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { NavLink, useNavigate } from 'react-router'

import type { User } from '@/api/contract'
import { useLiveEvents } from '@/app/live-events'
import { StatusBar } from '@/app/status-bar'
import { Wordmark } from '@/components/layout/wordmark'
import { IconButton } from '@/components/ui/button'
import { Kbd } from '@/components/ui/kbd'
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '@/components/ui/menu'
import { useLogout } from '@/features/auth/queries'
import { RunningStrip } from '@/features/batches/components/running-strip'
import { batchListQuery } from '@/features/batches/queries'
import { useHotkeys } from '@/hooks/use-hotkeys'
import { useOnline } from '@/hooks/use-online'
import { useStored } from '@/hooks/use-stored'
import { useTheme } from '@/hooks/use-theme'
import { cn } from '@/utils/cn'

// What few open is fetched when it is opened.
const Palette = lazy(async () => ({ default: (await import('@/app/palette/palette')).Palette }))
const ShortcutSheet = lazy(async () => ({
  default: (await import('@/app/shortcut-sheet')).ShortcutSheet,
}))

const NAV = [
  { to: '/', key: 'nav.home', icon: House },
  { to: '/leads', key: 'nav.leads', icon: Users },
  { to: '/imports', key: 'nav.imports', icon: FileUp },
  { to: '/batches', key: 'nav.batches', icon: Layers },
  { to: '/profile', key: 'nav.profile', icon: Target },
  { to: '/settings', key: 'nav.settings', icon: Settings },
] as const

interface AppShellProps {
  user: User
  children: ReactNode
}

/** The frame around every page: the rail (a bar below on phones), live state, the person. */
export function AppShell({ user, children }: AppShellProps) {
  const { t } = useTranslation()
  const [collapsed, setCollapsed] = useStored('winnow.rail.collapsed', false)
  const [help, setHelp] = useState(false)
  const [palette, setPalette] = useState(false)
  const socket = useLiveEvents()
  const online = useOnline()
  const batches = useQuery(batchListQuery)
  const running = batches.data?.items ?? []

  useHotkeys({ '?': () => setHelp(true) })
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.metaKey || event.ctrlKey) || event.key.toLowerCase() !== 'k') return
      event.preventDefault()
      // A question that is open has to be answered first.
      if (!document.querySelector('dialog[open]')) setPalette(true)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])

  return (
    <div className="flex h-dvh flex-col sm:flex-row">
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:start-2 focus:z-50 focus:rounded-md focus:bg-surface focus:px-3 focus:py-2 focus:shadow-pop"
      >
        {t('nav.skip')}
      </a>
      <nav
        aria-label={t('nav.main')}
        className={cn(
          'order-last flex shrink-0 border-t border-line bg-rail sm:order-first sm:flex-col sm:border-t-0 sm:border-e',
          collapsed ? 'sm:w-[52px]' : 'sm:w-52',
        )}
      >
        <div className="hidden h-12 items-center justify-between gap-1 ps-3.5 pe-2 sm:flex">
          {!collapsed && <Wordmark />}
          <IconButton
            label={collapsed ? t('nav.expand') : t('nav.collapse')}
            aria-expanded={!collapsed}
            onClick={() => setCollapsed(!collapsed)}
            className={collapsed ? '-ms-1' : ''}
          >
            <PanelLeft />
          </IconButton>
        </div>
        <button
          type="button"
          onClick={() => setPalette(true)}
          aria-keyshortcuts="Control+K Meta+K"
          title={collapsed ? t('palette.title') : undefined}
          className="mx-2 mb-1 hidden h-8 items-center gap-2.5 rounded-md border border-line bg-surface px-2 text-sm text-ink-2 hover:text-ink sm:flex"
        >
          <Search aria-hidden className="size-4 shrink-0 stroke-[1.75]" />
          <span className={collapsed ? 'sr-only' : 'flex-1 truncate text-start'}>
            {t('palette.open')}
          </span>
          {!collapsed && <Kbd keys="mod+k" />}
        </button>
        <ul className="flex flex-1 justify-around sm:flex-none sm:flex-col sm:gap-0.5 sm:px-2 sm:py-1">
          {NAV.map(({ to, key, icon: Icon }) => (
            <li key={to} className={cn(to === '/profile' && 'hidden sm:block')}>
              <NavLink
                to={to}
                end={to === '/'}
                title={collapsed ? t(key) : undefined}
                className={({ isActive }) =>
                  cn(
                    'flex h-14 min-w-14 flex-col items-center justify-center gap-1 rounded-md text-2xs sm:h-8 sm:min-w-0 sm:flex-row sm:justify-start sm:gap-2.5 sm:px-2 sm:text-sm',
                    isActive
                      ? 'font-medium text-ink sm:bg-hover'
                      : 'text-ink-2 hover:text-ink sm:hover:bg-hover',
                  )
                }
              >
                <Icon aria-hidden className="size-5 shrink-0 stroke-[1.75] sm:size-4" />
                <span className={collapsed ? 'sm:sr-only' : ''}>{t(key)}</span>
              </NavLink>
            </li>
          ))}
        </ul>
        <div className="mt-auto hidden flex-col gap-2 p-2 sm:flex">
          <RunningStrip batches={running} compact={collapsed} />
          <div className={cn('flex items-center', collapsed ? 'flex-col gap-2' : 'gap-1')}>
            <UserMenu user={user} compact={collapsed} />
            <ConnectionDot open={socket === 'open' && online} />
          </div>
        </div>
      </nav>
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <div className="flex h-11 shrink-0 items-center justify-between border-b border-line bg-rail ps-4 pe-1 sm:hidden">
          <Wordmark />
          <span className="flex items-center gap-2">
            <ConnectionDot open={socket === 'open' && online} />
            <UserMenu user={user} compact />
          </span>
        </div>
        <div className="shrink-0 sm:hidden">
          <RunningStrip batches={running} />
        </div>
        <StatusBar socket={socket} />
        <main id="main" tabIndex={-1} className="flex min-h-0 flex-1 flex-col outline-none">
          {children}
        </main>
      </div>
      <Suspense>
        {help && <ShortcutSheet open onClose={() => setHelp(false)} />}
        {palette && <Palette onClose={() => setPalette(false)} onShortcuts={() => setHelp(true)} />}
      </Suspense>
    </div>
  )
}

function ConnectionDot({ open }: { open: boolean }) {
  const { t } = useTranslation()
  const label = open ? t('live.open') : t('live.reconnecting')
  return (
    <span
      role="img"
      aria-label={label}
      title={label}
      className="flex size-7 items-center justify-center"
    >
      <span className={cn('size-2 rounded-full', open ? 'bg-good' : 'animate-skeleton bg-warn')} />
    </span>
  )
}

function UserMenu({ user, compact }: { user: User; compact: boolean }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const logout = useLogout()
  const [theme, setTheme] = useTheme()
  const initials = (user.name || user.email)
    .split(/\s+/)
    .map((word) => Array.from(word)[0] ?? '')
    .slice(0, 2)
    .join('')
    .toUpperCase()
  return (
    <Menu
      align="start"
      trigger={
        <button
          type="button"
          className="flex h-9 min-w-0 flex-1 items-center gap-2 rounded-md px-1.5 text-start hover:bg-hover pointer-coarse:h-11"
        >
          <span
            aria-hidden
            className="flex size-6 shrink-0 items-center justify-center rounded-full bg-selected text-2xs font-semibold text-accent-text"
          >
            {initials}
          </span>
          <span className="sr-only">{t('nav.account')} </span>
          <span className={compact ? 'sr-only' : 'truncate text-sm'}>
            {user.name || user.email}
          </span>
        </button>
      }
    >
      <MenuLabel>{user.email}</MenuLabel>
      <MenuItem icon={<UserRound />} onSelect={() => void navigate('/settings/sessions')}>
        {t('settings.sessions.title')}
      </MenuItem>
      <MenuItem icon={<Target />} onSelect={() => void navigate('/profile')}>
        {t('nav.profile')}
      </MenuItem>
      <MenuSeparator />
      <MenuLabel>{t('theme.title')}</MenuLabel>
      <MenuItem icon={<Sun />} onSelect={() => setTheme('light')}>
        {t('theme.light')}
        {theme === 'light' && ' ✓'}
      </MenuItem>
      <MenuItem icon={<Moon />} onSelect={() => setTheme('dark')}>
        {t('theme.dark')}
        {theme === 'dark' && ' ✓'}
      </MenuItem>
      <MenuItem icon={<Monitor />} onSelect={() => setTheme('system')}>
        {t('theme.system')}
        {theme === 'system' && ' ✓'}
      </MenuItem>
      <MenuSeparator />
      <MenuItem
        icon={<LogOut />}
        onSelect={() =>
          logout.mutate(undefined, { onSettled: () => void navigate('/login', { replace: true }) })
        }
      >
        {t('auth.signOut')}
      </MenuItem>
    </Menu>
  )
}
