import type { Place } from '@/components/data-table/grid-types'

export interface Stroke {
  key: string
  ctrl?: boolean
}

interface Bounds {
  rows: number
  cols: number
  /** Rows that Page up and Page down pass. */
  page: number
  rtl?: boolean
}

/** Where a key leads from a cell, or null when the key is not for moving. */
export function moveIn(from: Place, { key, ctrl }: Stroke, bounds: Bounds): Place | null {
  const { rows, cols, page, rtl } = bounds
  const to = (row: number, col = from.col): Place => ({
    // The header is above the first row, and stays when there is no row.
    row: Math.max(-1, Math.min(row, rows - 1)),
    col: Math.max(0, Math.min(col, cols - 1)),
  })
  const along = (by: number) => to(from.row, from.col + (rtl ? -by : by))
  switch (key) {
    case 'ArrowDown':
      return ctrl ? to(rows - 1) : to(from.row + 1)
    case 'ArrowUp':
      return ctrl ? to(0) : to(from.row - 1)
    case 'ArrowRight':
      return along(ctrl ? cols : 1)
    case 'ArrowLeft':
      return along(ctrl ? -cols : -1)
    case 'Home':
      return ctrl ? to(0, 0) : to(from.row, 0)
    case 'End':
      return ctrl ? to(rows - 1, cols - 1) : to(from.row, cols - 1)
    case 'PageDown':
      return to(from.row + page)
    case 'PageUp':
      return to(Math.max(0, from.row - page))
    case 'j':
      return ctrl ? null : to(from.row + 1)
    case 'k':
      return ctrl ? null : to(Math.max(0, from.row - 1))
    default:
      return null
  }
}
