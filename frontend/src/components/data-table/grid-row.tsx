import { memo, type ReactNode } from 'react'

import type { GridColumn } from '@/components/data-table/grid-types'
import { GridCheckbox } from '@/components/data-table/row-checkbox'
import { cn } from '@/utils/cn'

/** What rows ask of their grid; the same object for as long as the grid is there. */
export interface RowActs {
  toggle: (id: string, range: boolean) => void
  /** The name of the box that selects the row. */
  selectLabel: (name: string) => string
}

interface GridRowProps<T> {
  row: T | undefined
  id: string
  label: string
  columns: readonly GridColumn<T>[]
  index: number
  height: number
  /** Null when rows cannot be selected. */
  selected: boolean | null
  /** The column of the grid's tab stop when it is in this row. */
  stop: number | null
  active: boolean
  /** The column that is being edited, and its field. */
  editing: string | null
  editor: ((row: T, column: string) => ReactNode) | null
  /** No longer there on the server. */
  gone: boolean
  acts: RowActs
}

/** Clipped, not hidden: what could be scrolled costs a browser a layer for each cell. */
const CELL =
  'h-full shrink-0 overflow-clip px-2 text-ellipsis whitespace-nowrap leading-[calc(var(--row)-1px)] outline-none focus-visible:outline-none focus-visible:shadow-[inset_0_0_0_2px_var(--focus)] [&>*]:align-middle'

/**
 * Stays in sight sideways. Only while the grid is moved sideways: a browser
 * draws each such cell on a layer of its own, which makes scrolling dear.
 */
const STAYS = 'in-data-shifted:sticky in-data-shifted:z-10 in-data-shifted:bg-inherit'

function Row<T>(props: GridRowProps<T>) {
  const { row, columns, index, selected, stop, editing, acts } = props
  const shade = selected ? 'bg-selected' : props.active ? 'bg-hover' : 'bg-surface hover:bg-hover'
  const before = selected === null ? 0 : 1
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      data-pending={row ? undefined : ''}
      aria-selected={selected ?? undefined}
      data-row={index}
      style={{ top: index * props.height, height: props.height }}
      className={cn(
        'absolute inset-x-0 flex border-b border-line',
        shade,
        editing === null && 'contain-strict',
        props.gone && 'opacity-50',
      )}
    >
      {selected !== null && (
        <div
          role="gridcell"
          aria-colindex={1}
          tabIndex={stop === 0 ? 0 : -1}
          data-cell={0}
          className={cn(
            CELL,
            STAYS,
            'w-9 ps-3 in-data-shifted:start-0',
            props.active &&
              'shadow-[inset_2px_0_var(--accent)] rtl:shadow-[inset_-2px_0_var(--accent)]',
          )}
        >
          {row && (
            <GridCheckbox
              checked={selected}
              label={acts.selectLabel(props.label)}
              onToggle={(range) => acts.toggle(props.id, range)}
            />
          )}
        </div>
      )}
      {columns.map((column, i) => (
        <div
          key={column.id}
          role="gridcell"
          aria-colindex={i + before + 1}
          tabIndex={stop === i + before ? 0 : -1}
          data-cell={i + before}
          data-col={column.id}
          style={{ width: `var(--w-${column.id})` }}
          className={cn(
            CELL,
            i === 0 && STAYS,
            i === 0 && 'border-e border-line',
            i === 0 && (before ? 'in-data-shifted:start-9' : 'ps-4 in-data-shifted:start-0'),
            i === columns.length - 1 && 'grow',
            editing === column.id && 'relative z-20 overflow-visible p-0',
          )}
        >
          {!row ? (
            <span
              aria-hidden
              className={cn(
                'inline-block h-3 rounded-sm bg-line align-middle',
                index % 2 ? 'w-3/4' : 'w-1/2',
              )}
            />
          ) : editing === column.id ? (
            props.editor?.(row, column.id)
          ) : (
            column.cell(row)
          )}
        </div>
      ))}
    </div>
  )
}

/** Drawn again only when its own lead, place or mark changed: a selection touches one row of many. */
export const GridRow = memo(Row) as typeof Row
