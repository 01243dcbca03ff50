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

interface Cards {
  count: number
  /** Cards beside each other. */
  abreast: number
  rtl: boolean
}

/** Rows of cards that Page up and Page down pass. */
const CARD_PAGE = 3

/** Where a key leads from a card, or null when the key is not for moving; sideways goes on in the next row. */
export function moveCard(
  index: number,
  key: string,
  { count, abreast, rtl }: Cards,
): number | null {
  const on = rtl ? -1 : 1
  const steps: Record<string, number> = {
    j: 1,
    k: -1,
    ArrowRight: on,
    ArrowLeft: -on,
    ArrowDown: abreast,
    ArrowUp: -abreast,
    PageDown: CARD_PAGE * abreast,
    PageUp: -CARD_PAGE * abreast,
    Home: -index,
    End: count - 1 - index,
  }
  const step = steps[key]
  return step === undefined ? null : Math.max(0, Math.min(count - 1, index + step))
}
