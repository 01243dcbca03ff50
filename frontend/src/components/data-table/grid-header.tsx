import { memo, type ReactNode } from 'react'

import { HeaderCell } from '@/components/data-table/header-cell'
import { HeaderMenu } from '@/components/data-table/header-menu'
import type { ColumnActs, GridColumn } from '@/components/data-table/grid-types'
import { type Sort, sortOf, toggleSort } from '@/utils/sort'

export interface HeaderSort {
  /** What people chose; the order shows where several sort. */
  chosen: readonly Sort[]
  /** How the list is sorted while nothing is chosen. */
  standing: readonly Sort[]
  onSort: (sort: Sort[]) => void
}

interface GridHeaderProps {
  columns: readonly GridColumn<never>[]
  widths: Readonly<Record<string, number>>
  sort: HeaderSort
  acts: ColumnActs
  /** The place of the tab stop when it is in the header. */
  stop: number | null
  /** The box that selects every row; null when rows cannot be selected. */
  selectAll: ReactNode | null
}

/** The next sort after a press on a column's head. */
export function pressSort(
  { chosen, standing }: Pick<HeaderSort, 'chosen' | 'standing'>,
  column: Pick<GridColumn<never>, 'sortField' | 'sortFirst'>,
  add: boolean,
): Sort[] {
  const field = column.sortField
  if (!field) return [...chosen]
  const now = chosen.length > 0 ? chosen : standing.filter((each) => each.field === field)
  return toggleSort(now, field, add, column.sortFirst)
}

function Header(props: GridHeaderProps) {
  const { columns, sort, acts, stop, selectAll, widths } = props
  const before = selectAll === null ? 0 : 1
  const shown = sort.chosen.length > 0 ? sort.chosen : sort.standing.slice(0, 1)
  return (
    <div role="row" aria-rowindex={1} data-row={-1} className="flex">
      {selectAll !== null && (
        <div
          role="columnheader"
          aria-colindex={1}
          tabIndex={stop === 0 ? 0 : -1}
          data-cell={0}
          className="sticky start-0 z-10 flex h-8 w-9 shrink-0 items-center border-b border-line bg-bg ps-3 outline-none focus-visible:shadow-[inset_0_0_0_2px_var(--focus)] focus-visible:outline-none"
        >
          {selectAll}
        </div>
      )}
      {columns.map((column, i) => (
        <HeaderCell
          key={column.id}
          id={column.id}
          title={column.title}
          place={i + before}
          stop={stop === i + before}
          fixed={i === 0}
          inset={before === 1}
          last={i === columns.length - 1}
          direction={column.sortField ? sortOf(shown, column.sortField) : null}
          turn={
            sort.chosen.length > 1
              ? sort.chosen.findIndex((each) => each.field === column.sortField) + 1
              : 0
          }
          onSort={column.sortField ? (add) => sort.onSort(pressSort(sort, column, add)) : null}
          acts={acts}
          menu={
            <HeaderMenu
              column={column}
              width={widths[column.id] ?? 0}
              fixed={i === 0}
              acts={acts}
              onSort={sort.onSort}
            />
          }
        />
      ))}
    </div>
  )
}

export const GridHeader = memo(Header)
