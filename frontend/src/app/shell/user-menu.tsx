import { useTranslation } from 'react-i18next'

import type { User } from '@/api/contract'
import { Menu } from '@/components/ui/menu'
import { late, useLately } from '@/hooks/use-lately'

const view = late(() => import('@/app/shell/user-menu-items'))

interface UserMenuProps {
  user: User
  compact: boolean
  /** Holds the pages, too, that the bar of a phone has no room for. */
  phone?: boolean
}

/** Who is signed in: their sessions, help, the theme, the way out. */
export function UserMenu({ user, compact, phone }: UserMenuProps) {
  const { t } = useTranslation()
  const [items, want] = useLately(view)
  const ahead = () => void want().catch(() => undefined) // Asked for again at the next reach.
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
          onPointerEnter={ahead}
          onFocus={ahead}
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
      {items && <items.UserMenuItems email={user.email} phone={phone} />}
    </Menu>
  )
}
