import {
  ArrowDown,
  ArrowLeft,
  ArrowRight,
  ArrowUp,
  ChevronDown,
  ChevronsLeftRight,
  ChevronsRightLeft,
  EyeOff,
} from 'lucide-react'
import { useTranslation } from 'react-i18next'

import type { ColumnActs, GridColumn } from '@/components/data-table/grid-types'
import { Menu, MenuItem, MenuSeparator } from '@/components/ui/menu'
import type { Sort } from '@/utils/sort'

/** How much the keyboard's and the menu's step changes a width. */
export const WIDTH_STEP = 24

interface HeaderMenuProps {
  column: Pick<GridColumn<never>, 'id' | 'title' | 'sortField'>
  width: number
  /** The first column stays where it is. */
  fixed: boolean
  acts: ColumnActs
  onSort: (sort: Sort[]) => void
}

/** What can be done to a column. */
export function HeaderMenu({ column, width, fixed, acts, onSort }: HeaderMenuProps) {
  const { t } = useTranslation()
  const { id, title, sortField } = column
  const sort = (desc: boolean) => sortField && onSort([{ field: sortField, desc }])
  return (
    <Menu
      align="end"
      trigger={
        <button
          type="button"
          tabIndex={-1}
          data-menu
          aria-label={t('table.columnMenu', { name: title })}
          className="absolute end-2 top-1.5 flex size-5 items-center justify-center rounded-sm bg-bg opacity-0 group-focus-within/head:opacity-100 group-hover/head:opacity-100 hover:bg-hover hover:text-ink focus-visible:opacity-100 aria-expanded:opacity-100"
        >
          <ChevronDown aria-hidden className="size-3.5" />
        </button>
      }
    >
      {sortField && (
        <>
          <MenuItem icon={<ArrowUp />} onSelect={() => sort(false)}>
            {t('table.sortUp')}
          </MenuItem>
          <MenuItem icon={<ArrowDown />} onSelect={() => sort(true)}>
            {t('table.sortDown')}
          </MenuItem>
          <MenuSeparator />
        </>
      )}
      {!fixed && (
        <>
          <MenuItem
            icon={<ArrowLeft className="rtl:rotate-180" />}
            onSelect={() => acts.step(id, -1)}
          >
            {t('table.moveBack')}
          </MenuItem>
          <MenuItem
            icon={<ArrowRight className="rtl:rotate-180" />}
            onSelect={() => acts.step(id, 1)}
          >
            {t('table.moveOn')}
          </MenuItem>
        </>
      )}
      <MenuItem
        icon={<ChevronsLeftRight />}
        onSelect={() => acts.resize(id, width + WIDTH_STEP * 2)}
      >
        {t('table.wider')}
      </MenuItem>
      <MenuItem
        icon={<ChevronsRightLeft />}
        onSelect={() => acts.resize(id, width - WIDTH_STEP * 2)}
      >
        {t('table.narrower')}
      </MenuItem>
      {!fixed && (
        <>
          <MenuSeparator />
          <MenuItem icon={<EyeOff />} onSelect={() => acts.hide(id)}>
            {t('table.hide')}
          </MenuItem>
        </>
      )}
    </Menu>
  )
}
