import {
  CopyCheck,
  FileUp,
  House,
  Layers,
  PanelLeft,
  Search,
  Settings,
  ShieldCheck,
  Target,
  Users,
} from 'lucide-react'
import { type ComponentProps } from 'react'
import { useTranslation } from 'react-i18next'
import { NavLink } from 'react-router'

import type { User } from '@/api/contract'
import { ConnectionDot } from '@/app/shell/connection-dot'
import { UserMenu } from '@/app/shell/user-menu'
import { Wordmark } from '@/components/layout/wordmark'
import { IconButton } from '@/components/ui/button'
import { Kbd } from '@/components/ui/kbd'
import { RunningStrip } from '@/features/batches/components/running-strip'
import { useStored } from '@/hooks/use-stored'
import { cn } from '@/utils/cn'

const NAV = [
  { to: '/', key: 'nav.home', icon: House },
  { to: '/leads', key: 'nav.leads', icon: Users },
  { to: '/imports', key: 'nav.imports', icon: FileUp },
  { to: '/batches', key: 'nav.batches', icon: Layers },
  { to: '/quality', key: 'nav.quality', icon: ShieldCheck },
  { to: '/duplicates', key: 'nav.duplicates', icon: CopyCheck },
  { to: '/profile', key: 'nav.profile', icon: Target },
  { to: '/settings', key: 'nav.settings', icon: Settings },
] as const

interface RailProps {
  user: User
  running: ComponentProps<typeof RunningStrip>['batches']
  live: boolean
  onSearch: () => void
}

/** The way to every page: beside it, or a bar below it on phones. */
export function Rail({ user, running, live, onSearch }: RailProps) {
  const { t } = useTranslation()
  const [collapsed, setCollapsed] = useStored('winnow.rail.collapsed', false)
  return (
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
        onClick={onSearch}
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
          <li
            key={to}
            className={cn(
              ['/profile', '/quality', '/duplicates'].includes(to) && 'hidden sm:block',
            )}
          >
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
          <ConnectionDot open={live} />
        </div>
      </div>
    </nav>
  )
}
