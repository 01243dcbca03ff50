import { ArrowDown, ArrowUp } from 'lucide-react'
import { type DragEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { ColumnActs } from '@/components/data-table/grid-types'
import { useColumnResize } from '@/components/data-table/use-column-resize'
import { cn } from '@/utils/cn'

const DRAGGED = 'application/x-winnow-column'

interface HeaderCellProps {
  id: string
  title: string
  /** The place among the grid's columns, from 0. */
  place: number
  stop: boolean
  fixed: boolean
  inset: boolean
  last: boolean
  direction: 'asc' | 'desc' | null
  /** The column's turn when several sort, else 0. */
  turn: number
  onSort: ((add: boolean) => void) | null
  acts: ColumnActs
  menu: ReactNode
}

/** A column's head: pressed it sorts, dragged it moves, its edge changes the width. */
export function HeaderCell(props: HeaderCellProps) {
  const { id, title, place, fixed, direction, turn, onSort, acts } = props
  const { t } = useTranslation()
  const [over, setOver] = useState<'before' | 'after' | null>(null)
  const resize = useColumnResize(id, (width) => acts.resize(id, width))

  const sideOf = (event: DragEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    const late = event.clientX > box.left + box.width / 2
    const rtl = getComputedStyle(event.currentTarget).direction === 'rtl'
    return fixed || late !== rtl ? 'after' : 'before'
  }
  const onDragOver = (event: DragEvent<HTMLElement>) => {
    if (!event.dataTransfer.types.includes(DRAGGED)) return
    event.preventDefault()
    setOver(sideOf(event))
  }
  const onDrop = (event: DragEvent<HTMLElement>) => {
    event.preventDefault()
    setOver(null)
    acts.move(event.dataTransfer.getData(DRAGGED), id, sideOf(event))
  }

  return (
    <div
      role="columnheader"
      aria-colindex={place + 1}
      aria-sort={direction ? (direction === 'asc' ? 'ascending' : 'descending') : undefined}
      tabIndex={props.stop ? 0 : -1}
      data-cell={place}
      data-head={id}
      draggable={!fixed}
      onDragStart={(event) => {
        event.dataTransfer.setData(DRAGGED, id)
        event.dataTransfer.effectAllowed = 'move'
      }}
      onDragOver={onDragOver}
      onDragLeave={() => setOver(null)}
      onDrop={onDrop}
      style={{ width: `var(--w-${id})` }}
      className={cn(
        'group/head relative flex h-8 shrink-0 items-center border-b border-line bg-bg px-2 text-xs font-medium text-ink-3 outline-none select-none focus-visible:shadow-[inset_0_0_0_2px_var(--focus)] focus-visible:outline-none',
        fixed && 'sticky z-10 border-e',
        fixed && (props.inset ? 'start-9' : 'start-0 ps-4'),
        props.last && 'grow',
      )}
    >
      {over && (
        <span
          aria-hidden
          className={cn(
            'absolute inset-y-0 z-10 w-0.5 bg-accent',
            over === 'before' ? 'start-0' : 'end-0',
          )}
        />
      )}
      {onSort ? (
        <button
          type="button"
          tabIndex={-1}
          onClick={(event) => onSort(event.shiftKey)}
          title={t('table.sortHint')}
          className="flex min-w-0 items-center gap-1 hover:text-ink"
        >
          <span className="truncate">{title}</span>
          {direction === 'asc' && <ArrowUp aria-hidden className="size-3 shrink-0" />}
          {direction === 'desc' && <ArrowDown aria-hidden className="size-3 shrink-0" />}
          {turn > 0 && (
            <span className="num text-2xs" title={t('table.sortTurn', { n: turn })}>
              {turn}
            </span>
          )}
        </button>
      ) : (
        <span className="truncate">{title}</span>
      )}
      {props.menu}
      <span
        aria-hidden
        title={t('table.resizeHint')}
        {...resize}
        draggable
        onDragStart={(event) => {
          event.preventDefault()
          event.stopPropagation()
        }}
        className="absolute inset-y-1 end-0 z-10 w-1.5 cursor-col-resize touch-none rounded-sm group-hover/head:bg-line-strong hover:bg-accent"
      />
    </div>
  )
}
