import { Columns3 } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import { IconButton } from '@/components/ui/button'
import { Menu } from '@/components/ui/menu'
import { late, useLately } from '@/hooks/use-lately'

const view = late(() => import('@/features/leads/components/columns-menu-items'))

/** Which columns the leads table shows. What it holds is fetched when somebody reaches for it. */
export function ColumnsMenu() {
  const { t } = useTranslation()
  const [items, want] = useLately(view)
  const ahead = () => void want().catch(() => undefined) // Asked for again at the next reach.
  return (
    <Menu
      trigger={
        <IconButton
          label={t('table.columns')}
          className="size-8"
          onPointerEnter={ahead}
          onFocus={ahead}
        >
          <Columns3 />
        </IconButton>
      }
    >
      {items && <items.ColumnsMenuItems />}
    </Menu>
  )
}
