import { useTranslation } from 'react-i18next'

import type { Place } from '@/components/data-table/grid-types'
import type { RowSelection } from '@/components/data-table/use-row-selection'
import type { Shortcut } from '@/hooks/shortcuts'
import { useShortcuts } from '@/hooks/use-shortcuts'

interface ListKeys {
  active: Place | null
  count: number
  setActive: (place: Place | null) => void
  selection: RowSelection
  ids: readonly string[]
  open: (row: number) => void
  /** Null where nothing is edited in place. */
  edit: ((place: Place) => boolean) | null
}

/** Rows that Page up and Page down pass. */
const PAGE = 20

/** The list's keys while the focus is not in it; with them one comes into it. */
export function useListKeys(list: ListKeys): void {
  const { active, count, setActive, selection, ids, edit } = list
  const { t } = useTranslation()
  const row = active === null || active.row < 0 ? null : active.row
  const goTo = (next: number) =>
    count > 0 &&
    setActive({ row: Math.max(0, Math.min(count - 1, next)), col: Math.max(1, active?.col ?? 1) })
  const move = (by: number) => () => goTo(row === null ? 0 : row + by)
  const toggle = (range: boolean) => () => {
    const id = row === null ? undefined : ids[row]
    return id === undefined ? false : selection.toggle(id, range)
  }
  const key = (
    id: string,
    keys: Shortcut['keys'],
    label: string,
    run: Shortcut['run'],
  ): Shortcut => ({
    id: `row-${id}`,
    keys,
    label,
    where: 'list',
    run,
  })
  /** Named keys move within whatever has the focus; letters do not. */
  const free = (run: () => unknown) => (event: KeyboardEvent) => {
    const at = document.activeElement
    return event.key.length === 1 || !at || at === document.body ? run() : false
  }
  useShortcuts([
    key('down', ['j', 'arrowdown'], t('shortcut.down'), free(move(1))),
    key('up', ['k', 'arrowup'], t('shortcut.up'), free(move(-1))),
    key('page-down', 'pagedown', t('shortcut.pageDown'), free(move(PAGE))),
    key('page-up', 'pageup', t('shortcut.pageUp'), free(move(-PAGE))),
    key(
      'first',
      ['mod+home', 'home'],
      t('shortcut.first'),
      free(() => goTo(0)),
    ),
    key(
      'last',
      ['mod+end', 'end'],
      t('shortcut.last'),
      free(() => goTo(count - 1)),
    ),
    key('select', 'x', t('shortcut.select'), toggle(false)),
    key('range', 'shift+x', t('shortcut.range'), toggle(true)),
    key('open', 'enter', t('shortcut.open'), () => (row === null ? false : list.open(row))),
    ...(edit
      ? [
          key('edit', 'e', t('shortcut.editCell'), () =>
            row === null ? false : edit({ row, col: active?.col ?? 1 }),
          ),
        ]
      : []),
    key('clear', 'escape', t('shortcut.clear'), () =>
      selection.count === 0 ? false : selection.clear(),
    ),
  ])
}
