import { type RefObject, useEffect, useRef } from 'react'

import { HEAD_HEIGHT, type Place } from '@/components/data-table/grid-types'

/**
 * Brings the cell that keys have led to into sight and gives it the focus,
 * unless somebody works elsewhere on the page. After an edit the focus is back
 * on its cell.
 */
export function useCellFocus(
  scroller: RefObject<HTMLElement | null>,
  active: Place | null,
  editing: Place | null,
  rowHeight: number,
): void {
  const edited = editing !== null
  const wasEdited = useRef(false)
  useEffect(() => {
    const grid = scroller.current
    const back = wasEdited.current && !edited
    wasEdited.current = edited
    if (!grid || !active || edited) return
    if (active.row >= 0) showRow(grid, active.row, rowHeight)
    const cell = grid.querySelector<HTMLElement>(
      `[data-row="${active.row}"] > [data-cell="${active.col}"]`,
    )
    if (!cell) return
    showCell(grid, cell)
    const now = document.activeElement
    const free = !now || now === document.body || grid.contains(now)
    if (back || free) cell.focus({ preventScroll: true })
  }, [scroller, active, edited, rowHeight])
}

function showRow(grid: HTMLElement, row: number, size: number): void {
  const top = row * size
  const room = grid.clientHeight - HEAD_HEIGHT
  if (top < grid.scrollTop) grid.scrollTo({ top })
  else if (top + size > grid.scrollTop + room) grid.scrollTo({ top: top + size - room })
}

/** Sideways, clear of the columns that stay in place. */
function showCell(grid: HTMLElement, cell: HTMLElement): void {
  if (getComputedStyle(cell).position === 'sticky') return
  const box = cell.getBoundingClientRect()
  const view = grid.getBoundingClientRect()
  const rtl = getComputedStyle(grid).direction === 'rtl'
  const fixed = fixedWidth(grid)
  const from = view.left + (rtl ? 0 : fixed)
  const to = view.left + grid.clientWidth - (rtl ? fixed : 0)
  if (box.left < from) grid.scrollBy({ left: box.left - from })
  else if (box.right > to) grid.scrollBy({ left: Math.min(box.right - to, box.left - from) })
}

function fixedWidth(grid: HTMLElement): number {
  const heads = grid.querySelectorAll<HTMLElement>('[role="columnheader"]')
  let width = 0
  for (const head of heads) {
    if (getComputedStyle(head).position !== 'sticky') break
    width += head.offsetWidth
  }
  return width
}
