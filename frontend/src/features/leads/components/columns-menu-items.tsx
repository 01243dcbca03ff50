import { RotateCcw } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import { MenuCheckItem, MenuItem, MenuSeparator } from '@/components/ui/menu'
import { LEAD_COLUMNS } from '@/features/leads/column-list'
import { useColumnLayout } from '@/features/leads/use-column-layout'

const WORDS: Record<string, string> = { pain: 'topPain', created_at: 'found' }

/** What the menu of columns holds. */
export function ColumnsMenuItems() {
  const { t } = useTranslation()
  const { columns, setColumns, reset } = useColumnLayout()
  return (
    <>
      {columns
        .filter(({ id }) => id !== LEAD_COLUMNS[0].id)
        .map(({ id, hidden }) => (
          <MenuCheckItem
            key={id}
            checked={!hidden}
            onCheckedChange={(on) =>
              setColumns(columns.map((each) => (each.id === id ? { ...each, hidden: !on } : each)))
            }
          >
            {t(`lead.${WORDS[id] ?? id}` as never)}
          </MenuCheckItem>
        ))}
      <MenuSeparator />
      <MenuItem icon={<RotateCcw />} onSelect={reset}>
        {t('table.reset')}
      </MenuItem>
    </>
  )
}
