import type { KeyboardEvent } from 'react'

import { moveIn } from '@/components/data-table/grid-move'
import type { ColumnActs, Place } from '@/components/data-table/grid-types'
import { WIDTH_STEP } from '@/components/data-table/header-menu'

export interface GridKeys {
  place: Place | null
  rows: number
  cols: number
  page: () => number
  goTo: (place: Place) => void
  /** Selects the row, up to it with `range`, or from the row before to it. */
  select: (row: number, range: boolean) => void
  extend: (from: number, to: number) => void
  open: (row: number) => void
  /** Begins an edit, with the letter that was typed. False when the cell cannot be edited. */
  edit: (place: Place, typed: string | null) => boolean
  leave: () => void
  column: (col: number) => { id: string; width: number } | null
  acts: ColumnActs
}

/** Letters that mean something in a list; every other one begins an edit. */
const RESERVED = new Set(['j', 'k', 'x', 'X', 'e', '/', '?', '[', ']', ' ', 'g'])

/** What a press leaves the focus on, and where the keys of the cell go on. */
const PRESSED = '[data-menu], input[type="checkbox"], a'

/** The keys of a grid, for its own cells. What it takes is marked as handled. */
export function onGridKey(event: KeyboardEvent<HTMLElement>, grid: GridKeys): void {
  const target = event.target as HTMLElement
  // A field or an open menu in a cell has keys of its own.
  const inner = target.matches(PRESSED)
  if (event.defaultPrevented || (!inner && !target.matches('[data-cell]'))) return
  if (inner && (event.key === 'Enter' || event.key === ' ')) return
  const place = inner ? placeOf(target) : grid.place
  const keys = { ...grid, place }
  const taken = place && (place.row < 0 ? headerKey(event, keys) : rowKey(event, keys, place))
  if (taken || moved(event, keys)) event.preventDefault()
}

/** The place of the cell that something stands in. */
export function placeOf(target: EventTarget): Place | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-cell]') : null
  const row = cell?.closest<HTMLElement>('[data-row]')
  return cell && row ? { row: Number(row.dataset.row), col: Number(cell.dataset.cell) } : null
}

function moved(event: KeyboardEvent<HTMLElement>, grid: GridKeys): boolean {
  if (event.altKey) return false
  const from = grid.place ?? { row: -1, col: 0 }
  const rtl = getComputedStyle(event.currentTarget).direction === 'rtl'
  const ctrl = event.ctrlKey || event.metaKey
  const to = moveIn(
    from,
    { key: event.key, ctrl },
    { rows: grid.rows, cols: grid.cols, page: grid.page(), rtl },
  )
  if (!to) return false
  if (event.shiftKey && from.row >= 0 && to.row >= 0) grid.extend(from.row, to.row)
  grid.goTo(to)
  return true
}

function rowKey(event: KeyboardEvent, grid: GridKeys, place: Place): boolean {
  const { key } = event
  const { row } = place
  if (event.ctrlKey || event.metaKey || event.altKey) return false
  if (key === 'Enter') return (grid.open(row), true)
  if (key === 'x' || key === ' ') return (grid.select(row, event.shiftKey), true)
  if (key === 'X') return (grid.select(row, true), true)
  if (key === 'Escape') return (grid.leave(), true)
  if (key === 'e' || key === 'F2') return (grid.edit(place, null), true)
  // A letter typed over a cell replaces what it holds, as in a spreadsheet.
  return key.length === 1 && !RESERVED.has(key) && grid.edit(place, key)
}

function headerKey(event: KeyboardEvent, grid: GridKeys): boolean {
  const { key } = event
  const cell = (event.target as HTMLElement).closest<HTMLElement>('[data-cell]')!
  const column = grid.column(grid.place!.col)
  if (key === 'Enter' || key === ' ') {
    const press = cell.querySelector<HTMLElement>('button, input')
    press?.dispatchEvent(
      new MouseEvent('click', { bubbles: true, cancelable: true, shiftKey: event.shiftKey }),
    )
    return true
  }
  if (key === 'Escape') return (grid.leave(), true)
  if (!column || !event.altKey) return false
  const rtl = getComputedStyle(cell).direction === 'rtl'
  const on = key === (rtl ? 'ArrowLeft' : 'ArrowRight')
  const back = key === (rtl ? 'ArrowRight' : 'ArrowLeft')
  if (key === 'ArrowDown') return (cell.querySelector<HTMLElement>('[data-menu]')?.click(), true)
  if (!on && !back) return false
  if (event.shiftKey) {
    grid.acts.step(column.id, on ? 1 : -1)
    grid.goTo({ row: -1, col: Math.max(1, grid.place!.col + (on ? 1 : -1)) })
  } else {
    grid.acts.resize(column.id, column.width + (on ? WIDTH_STEP : -WIDTH_STEP))
  }
  return true
}
