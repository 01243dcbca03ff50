import {
  Check,
  CircleHelp,
  CopyCheck,
  LogOut,
  Monitor,
  Moon,
  ShieldCheck,
  Sun,
  Target,
  UserRound,
} from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'

import type { User } from '@/api/contract'
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '@/components/ui/menu'
import { useLogout } from '@/features/auth/queries'
import { useTheme } from '@/hooks/use-theme'

interface UserMenuProps {
  user: User
  compact: boolean
  /** Holds the pages, too, that the bar of a phone has no room for. */
  phone?: boolean
}

/** Who is signed in: their sessions, help, the theme, the way out. */
export function UserMenu({ user, compact, phone }: UserMenuProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const logout = useLogout(() => void navigate('/login', { replace: true }))
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
      <MenuItem icon={<CircleHelp />} onSelect={() => void navigate('/help')}>
        {t('help.title')}
      </MenuItem>
      {phone && (
        <>
          <MenuSeparator />
          <MenuItem icon={<Target />} onSelect={() => void navigate('/profile')}>
            {t('nav.profile')}
          </MenuItem>
          <MenuItem icon={<ShieldCheck />} onSelect={() => void navigate('/quality')}>
            {t('nav.quality')}
          </MenuItem>
          <MenuItem icon={<CopyCheck />} onSelect={() => void navigate('/duplicates')}>
            {t('nav.duplicates')}
          </MenuItem>
        </>
      )}
      <MenuSeparator />
      <MenuLabel>{t('theme.title')}</MenuLabel>
      <MenuItem icon={<Sun />} onSelect={() => setTheme('light')}>
        {t('theme.light')}
        {theme === 'light' && <Chosen />}
      </MenuItem>
      <MenuItem icon={<Moon />} onSelect={() => setTheme('dark')}>
        {t('theme.dark')}
        {theme === 'dark' && <Chosen />}
      </MenuItem>
      <MenuItem icon={<Monitor />} onSelect={() => setTheme('system')}>
        {t('theme.system')}
        {theme === 'system' && <Chosen />}
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<LogOut />} onSelect={() => logout.mutate()}>
        {t('auth.signOut')}
      </MenuItem>
    </Menu>
  )
}

function Chosen() {
  const { t } = useTranslation()
  return (
    <span className="ms-auto ps-3">
      <Check role="img" aria-label={t('theme.chosen')} />
    </span>
  )
}
