import { useQuery } from '@tanstack/react-query'
import { Search } from 'lucide-react'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { User } from '@/api/contract'
import { useLiveEvents } from '@/app/live/live-events'
import { ConnectionDot } from '@/app/shell/connection-dot'
import { Rail } from '@/app/shell/rail'
import { useFocusHeading } from '@/app/shell/use-focus-heading'
import { useScrollMemory } from '@/app/shell/use-scroll-memory'
import { useShellShortcuts } from '@/app/shell/use-shell-shortcuts'
import { UserMenu } from '@/app/shell/user-menu'
import { StatusBar } from '@/app/status-bar'
import { Wordmark } from '@/components/layout/wordmark'
import { IconButton } from '@/components/ui/button'
import { RunningStrip } from '@/features/batches/components/running-strip'
import { batchListQuery } from '@/features/batches/queries'
import { useOnline } from '@/hooks/use-online'

// What few open is fetched when it is opened.
const Palette = lazy(async () => ({ default: (await import('@/app/palette/palette')).Palette }))
const ShortcutSheet = lazy(async () => ({
  default: (await import('@/app/shortcut-sheet')).ShortcutSheet,
}))

interface AppShellProps {
  user: User
  children: ReactNode
}

/** The frame around every page: the rail (a bar below on phones), live state, the person. */
export function AppShell({ user, children }: AppShellProps) {
  const { t } = useTranslation()
  const [help, setHelp] = useState(false)
  const [palette, setPalette] = useState(false)
  const socket = useLiveEvents()
  const online = useOnline()
  const batches = useQuery(batchListQuery)
  const running = batches.data?.items ?? []
  const live = socket === 'open' && online

  useFocusHeading()
  useScrollMemory()
  useShellShortcuts({ palette: () => setPalette(true), sheet: () => setHelp(true) })

  return (
    <div className="flex h-dvh flex-col sm:flex-row">
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:start-2 focus:z-50 focus:rounded-md focus:bg-surface focus:px-3 focus:py-2 focus:shadow-pop"
      >
        {t('nav.skip')}
      </a>
      <Rail user={user} running={running} live={live} onSearch={() => setPalette(true)} />
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <div className="flex h-11 shrink-0 items-center justify-between border-b border-line bg-rail ps-4 pe-1 sm:hidden">
          <Wordmark />
          <span className="flex items-center gap-1">
            <ConnectionDot open={live} />
            <IconButton label={t('palette.open')} onClick={() => setPalette(true)}>
              <Search />
            </IconButton>
            <UserMenu user={user} compact phone />
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
