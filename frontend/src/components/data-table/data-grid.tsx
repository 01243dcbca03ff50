import { type ReactNode, type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { GridHeader, type HeaderSort } from '@/components/data-table/grid-header'
import { GridRow, type RowActs } from '@/components/data-table/grid-row'
import {
  type ColumnActs,
  type GridColumn,
  HEAD_HEIGHT,
  type Place,
} from '@/components/data-table/grid-types'
import { SelectAll } from '@/components/data-table/row-checkbox'
import { RowSlots } from '@/components/data-table/row-slots'
import { useCellFocus } from '@/components/data-table/use-cell-focus'
import { useFixedWindow } from '@/components/data-table/use-fixed-window'
import { useGridActs } from '@/components/data-table/use-grid-acts'
import { onGridKey, placeOf } from '@/components/data-table/use-grid-keys'
import { useRowHeight } from '@/components/data-table/use-row-height'
import type { RowSelection } from '@/components/data-table/use-row-selection'

export interface GridEditing<T> {
  place: Place | null
  /** Begins an edit; false when the cell cannot be edited. */
  begin: (place: Place, typed: string | null) => boolean
  render: (row: T, column: string) => ReactNode
}

export interface DataGridProps<T> {
  label: string
  columns: readonly GridColumn<T>[]
  widths: Readonly<Record<string, number>>
  acts: ColumnActs
  /** Rows that there is room for, read or not. */
  count: number
  /** Rows in all when that is known, for screen readers. */
  total: number | null
  at: (index: number) => T | undefined
  /** Every id that is known, in order. */
  ids: readonly string[]
  rowLabel: (row: T) => string
  sort: HeaderSort
  selection?: RowSelection
  active: Place | null
  onActive: (place: Place | null) => void
  onOpen: (row: T) => void
  /** Which rows are drawn now. */
  onShow: (first: number, last: number) => void
  editing?: GridEditing<T>
  isGone?: (id: string) => boolean
  busy: boolean
  /** Changes when another list shows: the grid begins at its top. */
  list: unknown
}

/**
 * A grid that stays quick with any number of rows: only what is in view is in
 * the page. Sorting is the server's; the header only asks for it. Keys move
 * from cell to cell, one of which is the grid's stop for Tab.
 */
export function DataGrid<T>(props: DataGridProps<T>) {
  const { columns, widths, count, at, ids, selection, active, editing, onShow } = props
  const scroller = useRef<HTMLDivElement>(null)
  const height = useRowHeight()
  const { first, last, moving } = useFixedWindow(scroller, {
    count,
    size: height,
    above: HEAD_HEIGHT,
  })
  useEffect(() => onShow(first, last), [onShow, first, last])

  const before = selection ? 1 : 0
  const stop = active ?? { row: 0, col: before }
  const rowActs = useRowActs(props)
  const keys = useGridActs(props, scroller, height)
  useCellFocus(scroller, active, editing?.place ?? null, height)
  useTopOf(scroller, props.list)

  const all = before * 36 + columns.reduce((sum, { id }) => sum + (widths[id] ?? 0), 0)
  const style: Record<string, string> = { '--w-all': `${all}px` }
  for (const { id } of columns) style[`--w-${id}`] = `${widths[id] ?? 0}px`
  const name = columns[0]?.id ?? ''
  // An element that holds the focus must not become another row's.
  const [held, setHeld] = useState<number>()
  const drawn = rowsToDraw(first, last, [active?.row, editing?.place?.row, held], count)
  const [rowSlots] = useState(() => new RowSlots())
  const slots = rowSlots.assign(drawn)
  // Elements that change places are dear while rows fly by; at rest they stand in order, for readers.
  if (moving) drawn.sort((a, b) => slots.get(a)! - slots.get(b)!)
  const { everything, ids: picked } = selection ?? {}
  const selectAll = useMemo(
    () => (selection ? <SelectAll rows={ids} selection={selection} /> : null),
    // The box shows no more than this.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [ids, everything, picked],
  )

  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={props.label}
      aria-rowcount={props.total === null ? -1 : props.total + 1}
      aria-colcount={columns.length + before}
      aria-multiselectable={selection ? true : undefined}
      aria-busy={props.busy}
      style={style}
      className="num relative min-h-0 flex-1 overflow-auto overscroll-contain bg-surface"
      onKeyDown={(event) => onGridKey(event, keys)}
      onClick={keys.onClick}
      onDoubleClick={keys.onDoubleClick}
      onFocus={(event) => {
        setHeld(placeOf(event.target)?.row)
        keys.onFocus(event)
      }}
    >
      <div
        role="rowgroup"
        className="sticky top-0 z-20 min-w-full"
        style={{ width: 'var(--w-all)' }}
      >
        <GridHeader
          columns={columns}
          widths={widths}
          sort={props.sort}
          acts={props.acts}
          stop={stop.row < 0 ? stop.col : null}
          selectAll={selectAll}
        />
      </div>
      <div
        role="rowgroup"
        className="relative min-w-full [&_.truncate]:overflow-clip"
        style={{
          width: 'var(--w-all)',
          height: count * height,
          scrollMarginInlineStart: `var(--w-${name})`,
        }}
      >
        {drawn.map((index) => {
          const row = at(index)
          const id = ids[index] ?? ''
          return (
            <GridRow
              key={slots.get(index)}
              row={row}
              id={id}
              label={row ? props.rowLabel(row) : ''}
              columns={columns}
              index={index}
              height={height}
              selected={selection ? id !== '' && selection.has(id) : null}
              stop={stop.row === index ? stop.col : null}
              active={active?.row === index}
              editing={
                editing?.place?.row === index ? columnAt(columns, editing.place, before) : null
              }
              editor={editing?.place?.row === index ? editing.render : null}
              gone={props.isGone?.(id) ?? false}
              acts={rowActs}
            />
          )
        })}
      </div>
    </div>
  )
}

function columnAt<T>(columns: readonly GridColumn<T>[], place: Place, before: number) {
  return columns[place.col - before]?.id ?? null
}

/** The rows in view, and those that hold the focus or an open field wherever they are. */
function rowsToDraw(
  first: number,
  last: number,
  kept: readonly (number | undefined)[],
  count: number,
): number[] {
  const rows = new Set<number>()
  for (let i = first; i <= last; i++) rows.add(i)
  for (const row of kept) if (row !== undefined && row >= 0 && row < count) rows.add(row)
  return [...rows].sort((a, b) => a - b)
}

/** The same object for every row and every drawing; what it does is always the newest. */
function useRowActs<T>({ selection }: DataGridProps<T>): RowActs {
  const { t } = useTranslation()
  const latest = useRef(selection)
  useEffect(() => {
    latest.current = selection
  })
  return useMemo(
    () => ({
      toggle: (id, range) => latest.current?.toggle(id, range),
      selectLabel: (name) => t('table.selectRow', { name }),
    }),
    [t],
  )
}

/** Another list begins at its top. */
function useTopOf(scroller: RefObject<HTMLElement | null>, list: unknown): void {
  const seen = useRef(list)
  useEffect(() => {
    if (seen.current === list) return
    if (seen.current !== undefined) scroller.current?.scrollTo?.({ top: 0 })
    seen.current = list
  }, [scroller, list])
}
