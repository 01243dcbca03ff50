import {
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

import { MenuItem, MenuLabel, MenuSeparator } from '@/components/ui/menu'
import { useLogout } from '@/features/auth/queries'
import { useTheme } from '@/hooks/use-theme'

const MORE = [
  { to: '/profile', key: 'nav.profile', icon: Target },
  { to: '/quality', key: 'nav.quality', icon: ShieldCheck },
  { to: '/duplicates', key: 'nav.duplicates', icon: CopyCheck },
] as const

const THEMES = [
  { is: 'light', key: 'theme.light', icon: Sun },
  { is: 'dark', key: 'theme.dark', icon: Moon },
  { is: 'system', key: 'theme.system', icon: Monitor },
] as const

interface UserMenuItemsProps {
  email: string
  /** With the pages, too, that the bar of a phone has no room for. */
  phone?: boolean
}

/** Sessions, help, the theme, the way out: fetched when somebody reaches for the menu. */
export function UserMenuItems({ email, phone }: UserMenuItemsProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const logout = useLogout(() => void navigate('/login', { replace: true }))
  const [theme, setTheme] = useTheme()
  return (
    <>
      <MenuLabel>{email}</MenuLabel>
      <MenuItem icon={<UserRound />} onSelect={() => void navigate('/settings/sessions')}>
        {t('settings.sessions.title')}
      </MenuItem>
      <MenuItem icon={<CircleHelp />} onSelect={() => void navigate('/help')}>
        {t('help.title')}
      </MenuItem>
      {phone && <MenuSeparator />}
      {phone &&
        MORE.map(({ to, key, icon: Icon }) => (
          <MenuItem key={to} icon={<Icon />} onSelect={() => void navigate(to)}>
            {t(key)}
          </MenuItem>
        ))}
      <MenuSeparator />
      <MenuLabel>{t('theme.title')}</MenuLabel>
      {THEMES.map(({ is, key, icon: Icon }) => (
        <MenuItem key={is} icon={<Icon />} onSelect={() => setTheme(is)}>
          {t(key)}
          {theme === is && <span className="ms-auto ps-3">✓</span>}
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuItem icon={<LogOut />} onSelect={() => logout.mutate()}>
        {t('auth.signOut')}
      </MenuItem>
    </>
  )
}
