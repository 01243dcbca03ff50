import type { FocusEvent, MouseEvent, RefObject } from 'react'

import type { DataGridProps } from '@/components/data-table/data-grid'
import { HEAD_HEIGHT, type Place } from '@/components/data-table/grid-types'
import { type GridKeys, placeOf } from '@/components/data-table/use-grid-keys'

interface GridActs extends GridKeys {
  onClick: (event: MouseEvent<HTMLElement>) => void
  onDoubleClick: (event: MouseEvent<HTMLElement>) => void
  onFocus: (event: FocusEvent<HTMLElement>) => void
}

const CONTROL = 'a, button, input, select, textarea, [role="checkbox"]'

/** What keys and the pointer do in a grid; one handler for all of its cells. */
export function useGridActs<T>(
  props: DataGridProps<T>,
  scroller: RefObject<HTMLElement | null>,
  rowHeight: number,
): GridActs {
  const { columns, widths, count, at, ids, selection, active, onActive, editing } = props
  const before = selection ? 1 : 0
  const same = (place: Place) => active?.row === place.row && active.col === place.col
  const rowOf = (target: EventTarget) => {
    const place = placeOf(target)
    return place && place.row >= 0 ? at(place.row) : undefined
  }
  return {
    place: active,
    rows: count,
    cols: columns.length + before,
    // Asked for by a key only: reading a height while drawing makes the browser lay everything out.
    page: () => {
      const room = (scroller.current?.clientHeight ?? 0) - HEAD_HEIGHT
      return Math.max(1, Math.floor(room / rowHeight) - 1)
    },
    goTo: onActive,
    select: (row, range) => ids[row] && selection?.toggle(ids[row], range),
    extend: (from, to) => ids[from] && ids[to] && selection?.extend(ids[from], ids[to]),
    open: (index) => {
      const row = at(index)
      if (row) props.onOpen(row)
    },
    edit: (place, typed) => editing?.begin(place, typed) ?? false,
    leave: () => {
      if (selection && selection.count !== 0) return selection.clear()
      onActive(null)
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    },
    column: (col) => {
      const column = columns[col - before]
      return column ? { id: column.id, width: widths[column.id] ?? 0 } : null
    },
    acts: props.acts,
    onClick: (event) => {
      const target = event.target as Element
      const link = target.closest('a[href]')
      if (link) {
        // The browser opens new tabs; a plain press stays in this page.
        const row = rowOf(target)
        if (!row || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
        event.preventDefault()
        return props.onOpen(row)
      }
      const place = placeOf(target)
      if (!place || place.row < 0 || target.closest(CONTROL)) return
      const id = ids[place.row]
      // The whole cell of a box takes the press for it.
      if (id && (event.shiftKey || (selection && place.col === 0))) {
        selection?.toggle(id, event.shiftKey)
      }
      if (!same(place)) onActive(place)
    },
    onDoubleClick: (event) => {
      const place = placeOf(event.target)
      if (!place || place.row < 0 || (event.target as Element).closest(CONTROL)) return
      if (selection && place.col === 0) return
      editing?.begin(place, null)
    },
    // Tab came in, or the pointer: from here the keys go on.
    onFocus: (event) => {
      const place = event.target.matches('[data-cell]') ? placeOf(event.target) : null
      if (place && !same(place)) onActive(place)
    },
  }
}
