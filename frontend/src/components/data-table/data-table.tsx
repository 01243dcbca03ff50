import {
  type ColumnDef,
  flexRender,
  getCoreRowModel,
  type Header,
  type Row,
  useReactTable,
  type VisibilityState,
} from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { memo, type ReactNode, type RefObject, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'

import type { RowSelection } from '@/components/data-table/use-row-selection'
import { Checkbox } from '@/components/ui/checkbox'
import { Skeleton } from '@/components/ui/skeleton'
import { useMedia } from '@/hooks/use-media'
import { cn } from '@/utils/cn'
import { type Sort, sortOf, toggleSort } from '@/utils/sort'

const ROW = 36
const CARD = 104
const OVERSCAN = 12

interface DataTableProps<T> {
  label: string
  columns: ColumnDef<T>[]
  rows: T[]
  rowId: (row: T) => string
  rowLabel: (row: T) => string
  /** Rows in all, loaded or not, for screen readers. */
  total: number
  sort: Sort[]
  onSort: (sort: Sort[]) => void
  selection?: RowSelection
  visibility?: VisibilityState
  activeIndex?: number
  onOpen: (row: T) => void
  loading: boolean
  hasMore: boolean
  onMore: () => void
  /** The row as a card, for narrow screens. */
  card: (row: T) => ReactNode
}

/**
 * A table that stays quick with any number of rows: only what is in view is in
 * the page, and more is fetched when the end comes near. Below 640 px each row
 * is a card. Sorting is the server's; the header only asks for it.
 */
export function DataTable<T>(props: DataTableProps<T>) {
  const { rows, columns, rowId, visibility, selection, hasMore, loading, onMore } = props
  const narrow = useMedia('(max-width: 639px)')
  const scroller = useRef<HTMLDivElement>(null)
  const table = useReactTable({
    data: rows,
    columns,
    getRowId: rowId,
    getCoreRowModel: getCoreRowModel(),
    columnResizeMode: 'onChange',
    state: { columnVisibility: visibility ?? {} },
    enableSorting: false,
  })
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (narrow ? CARD : ROW),
    overscan: OVERSCAN,
  })
  const items = virtual.getVirtualItems()
  const lastIndex = items.at(-1)?.index ?? 0

  useEffect(() => {
    if (hasMore && !loading && lastIndex >= rows.length - 20) onMore()
  }, [hasMore, loading, lastIndex, rows.length, onMore])

  useEffect(() => {
    virtual.measure()
  }, [narrow, virtual])

  useEffect(() => {
    if (props.activeIndex !== undefined && props.activeIndex >= 0) {
      virtual.scrollToIndex(props.activeIndex)
    }
  }, [props.activeIndex, virtual])

  const before = items[0]?.start ?? 0
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0)
  const model = table.getRowModel().rows
  const pending = loading && rows.length === 0
  const shown = table
    .getVisibleLeafColumns()
    .map((column) => column.id)
    .join()
  const acts = useRef<RowActs>({ open: () => undefined, toggle: () => undefined })
  useEffect(() => {
    acts.current = {
      open: (row) => props.onOpen(row as T),
      toggle: (id, range) => selection?.toggle(id, range),
    }
  })

  if (narrow) {
    return (
      <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto">
        <ul aria-label={props.label} style={{ paddingTop: before, paddingBottom: after }}>
          {pending &&
            Array.from({ length: 8 }, (_, i) => (
              <li key={i} className="h-[104px] border-b border-line px-4 py-3">
                <Skeleton className="h-full w-full" />
              </li>
            ))}
          {items.map((item) => {
            const row = model[item.index]!
            return (
              <li
                key={row.id}
                className="flex h-[104px] gap-3 overflow-hidden border-b border-line px-4 py-3"
              >
                {selection && (
                  <RowCheckbox
                    checked={selection.has(row.id)}
                    label={props.rowLabel(row.original)}
                    onToggle={(range) => selection.toggle(row.id, range)}
                  />
                )}
                <div className="min-w-0 flex-1">{props.card(row.original)}</div>
              </li>
            )
          })}
        </ul>
      </div>
    )
  }

  return (
    <div ref={scroller} className="relative min-h-0 flex-1 overflow-auto" tabIndex={-1}>
      <table
        aria-label={props.label}
        aria-rowcount={props.total}
        aria-busy={loading}
        className="table-fixed border-separate border-spacing-0"
        style={{ width: table.getTotalSize() + (selection ? ROW : 0), minWidth: '100%' }}
      >
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {selection && <SelectAllCell rows={rows.map(rowId)} selection={selection} />}
              {group.headers.map((header, i) => (
                <HeaderCell
                  key={header.id}
                  header={header}
                  sort={props.sort}
                  onSort={props.onSort}
                  sticky={i === 0}
                  inset={!!selection}
                />
              ))}
            </tr>
          ))}
        </thead>
        <tbody>
          {pending && (
            <PendingRows columns={table.getVisibleLeafColumns().length + (selection ? 1 : 0)} />
          )}
          {before > 0 && <Spacer height={before} />}
          {items.map((item) => {
            const row = model[item.index]!
            return (
              <BodyRow
                key={row.id}
                row={row}
                original={row.original}
                shown={shown}
                index={item.index}
                label={props.rowLabel(row.original)}
                active={props.activeIndex === item.index}
                selected={selection ? selection.has(row.id) : null}
                acts={acts}
              />
            )
          })}
          {after > 0 && <Spacer height={after} />}
        </tbody>
      </table>
    </div>
  )
}

interface RowActs {
  open: (row: unknown) => void
  toggle: (id: string, range: boolean) => void
}

interface BodyRowProps {
  row: Row<unknown>
  original: unknown
  /** Which columns show, in their order. */
  shown: string
  index: number
  label: string
  active: boolean
  /** Null when rows cannot be selected. */
  selected: boolean | null
  acts: RefObject<RowActs>
}

/** Drawn again only when its own lead, place or mark changed: a selection touches one row of many. */
const BodyRow = memo(
  function BodyRow({ row, index, label, active, selected, acts }: BodyRowProps) {
    const cell = cn(
      'h-9 overflow-hidden border-b border-line px-2 py-0 text-ellipsis whitespace-nowrap',
      selected ? 'bg-selected' : active ? 'bg-hover' : 'bg-surface group-hover:bg-hover',
    )
    return (
      <tr
        aria-rowindex={index + 2}
        aria-selected={selected ?? undefined}
        className="group cursor-pointer"
        onClick={(event) => {
          if (
            event.target instanceof Element &&
            event.target.closest('a, button, label, input, [role=checkbox]')
          )
            return
          acts.current.open(row.original)
        }}
      >
        {selected !== null && (
          <td
            className={cn(
              cell,
              'sticky start-0 z-10 ps-3',
              active && 'shadow-[inset_2px_0_var(--accent)]',
            )}
          >
            <RowCheckbox
              checked={selected}
              label={label}
              onToggle={(range) => acts.current.toggle(row.id, range)}
            />
          </td>
        )}
        {row.getVisibleCells().map((each, i) => (
          <td
            key={each.id}
            className={cn(
              cell,
              i === 0 && 'sticky z-10',
              i === 0 && (selected !== null ? 'start-9' : 'start-0 ps-4'),
            )}
          >
            {flexRender(each.column.columnDef.cell, each.getContext())}
          </td>
        ))}
      </tr>
    )
  },
  (a, b) =>
    a.original === b.original &&
    a.shown === b.shown &&
    a.index === b.index &&
    a.label === b.label &&
    a.active === b.active &&
    a.selected === b.selected,
)

interface RowCheckboxProps {
  checked: boolean
  label: string
  onToggle: (range: boolean) => void
}

function RowCheckbox({ checked, label, onToggle }: RowCheckboxProps) {
  const { t } = useTranslation()
  const range = useRef(false)
  return (
    <span
      className="flex h-full items-center"
      onClickCapture={(event) => {
        range.current = event.shiftKey
      }}
    >
      <Checkbox
        checked={checked}
        onCheckedChange={() => onToggle(range.current)}
        label={t('table.selectRow', { name: label })}
      />
    </span>
  )
}

function SelectAllCell({ rows, selection }: { rows: string[]; selection: RowSelection }) {
  const { t } = useTranslation()
  const all = rows.length > 0 && rows.every((id) => selection.has(id))
  const some = !all && rows.some((id) => selection.has(id))
  return (
    <th
      scope="col"
      className="sticky start-0 top-0 z-30 h-8 w-9 border-b border-line bg-bg px-2 ps-3"
    >
      <span className="flex items-center">
        <Checkbox
          checked={all ? true : some ? 'indeterminate' : false}
          onCheckedChange={() => selection.toggleLoaded()}
          label={t('table.selectLoaded')}
        />
      </span>
    </th>
  )
}

interface HeaderCellProps<T> {
  header: Header<T, unknown>
  sort: Sort[]
  onSort: (sort: Sort[]) => void
  sticky: boolean
  inset: boolean
}

function HeaderCell<T>({ header, sort, onSort, sticky, inset }: HeaderCellProps<T>) {
  const { t } = useTranslation()
  const { columnDef } = header.column
  const field = columnDef.meta?.sortField
  const direction = field ? sortOf(sort, field) : null
  const title = flexRender(columnDef.header, header.getContext())
  return (
    <th
      scope="col"
      aria-sort={direction ? (direction === 'asc' ? 'ascending' : 'descending') : undefined}
      style={{ width: header.getSize() }}
      className={cn(
        'group/head sticky top-0 h-8 border-b border-line bg-bg px-2 text-start text-xs font-medium text-ink-3',
        sticky ? 'z-30' : 'z-20',
        sticky && (inset ? 'start-9' : 'start-0 ps-4'),
      )}
    >
      {field ? (
        <button
          type="button"
          onClick={(event) => onSort(toggleSort(sort, field, event.shiftKey))}
          title={t('table.sortHint')}
          className="flex max-w-full items-center gap-1 truncate hover:text-ink"
        >
          {title}
          {direction === 'asc' && <ArrowUp aria-hidden className="size-3" />}
          {direction === 'desc' && <ArrowDown aria-hidden className="size-3" />}
          {direction && sort.length > 1 && (
            <span className="num text-2xs">
              {sort.findIndex((each) => each.field === field) + 1}
            </span>
          )}
        </button>
      ) : (
        <span className="block truncate">{title}</span>
      )}
      {header.column.getCanResize() && (
        <span
          aria-hidden
          onMouseDown={header.getResizeHandler()}
          onTouchStart={header.getResizeHandler()}
          className="absolute inset-y-1 end-0 w-1 cursor-col-resize touch-none rounded-sm group-hover/head:bg-line-strong"
        />
      )}
    </th>
  )
}

function PendingRows({ columns }: { columns: number }) {
  return Array.from({ length: 12 }, (_, i) => (
    <tr key={i}>
      {Array.from({ length: columns }, (_, j) => (
        <td key={j} className="h-9 border-b border-line bg-surface px-2">
          <Skeleton className={cn('h-3', j === 0 ? 'w-4' : i % 2 ? 'w-3/4' : 'w-1/2')} />
        </td>
      ))}
    </tr>
  ))
}

function Spacer({ height }: { height: number }) {
  return (
    <tr aria-hidden>
      <td style={{ height, padding: 0 }} />
    </tr>
  )
}

declare module '@tanstack/react-table' {
  // The parameters must repeat the library's own to merge with it.
  // eslint-disable-next-line @typescript-eslint/no-unused-vars
  interface ColumnMeta<TData, TValue> {
    /** The name under which the server sorts this column; without it, no sorting. */
    sortField?: string
    /** The column's name in the list of columns. */
    title?: string
  }
}
