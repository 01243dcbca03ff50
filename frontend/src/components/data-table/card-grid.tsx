import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useRef,
  useState,
} from 'react'

import { moveCard } from '@/components/data-table/grid-move'
import { RowCheckbox } from '@/components/data-table/row-checkbox'
import { useCardFocus } from '@/components/data-table/use-card-focus'
import { useFixedWindow } from '@/components/data-table/use-fixed-window'
import type { RowSelection } from '@/components/data-table/use-row-selection'
import { cn } from '@/utils/cn'

export interface CardGridProps<T> {
  label: string
  count: number
  at: (index: number) => T | undefined
  ids: readonly string[]
  card: (row: T) => ReactNode
  rowLabel: (row: T) => string
  selection?: RowSelection
  /** The card that keys have led to. */
  active: number | null
  onActive: (index: number | null) => void
  onOpen: (row: T) => void
  onShow: (first: number, last: number) => void
  isGone?: (id: string) => boolean
  busy: boolean
  list: unknown
}

/** The height of a card with the gap below it, and the least width of one. */
const CARD = 128
const WIDTH = 340

/** Rows as cards, as many abreast as fit; on a phone one below the other. */
export function CardGrid<T>(props: CardGridProps<T>) {
  const { count, at, ids, selection, active, onActive, onShow } = props
  const scroller = useRef<HTMLDivElement>(null)
  const abreast = useAbreast(scroller)
  const rows = Math.ceil(count / abreast)
  const { first, last } = useFixedWindow(scroller, { count: rows, size: CARD })
  const from = first * abreast
  const to = Math.min(count, (last + 1) * abreast) - 1
  useEffect(() => onShow(from, to), [onShow, from, to])
  useCardFocus(scroller, active, abreast, CARD)
  useEffect(() => {
    scroller.current?.scrollTo?.({ top: 0 })
  }, [props.list])

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const card = event.target as HTMLElement
    if (!card.matches('[data-card]') || event.altKey) return
    const index = Number(card.dataset.card)
    const row = at(index)
    const id = ids[index]
    if (event.key === 'Enter' && row) props.onOpen(row)
    else if ((event.key === 'x' || event.key === ' ') && id) selection?.toggle(id, event.shiftKey)
    else if (event.key === 'X' && id) selection?.toggle(id, true)
    else if (!moved(event, index)) return
    event.preventDefault()
  }
  const moved = (event: KeyboardEvent<HTMLElement>, index: number): boolean => {
    const rtl = getComputedStyle(event.currentTarget).direction === 'rtl'
    const next = moveCard(index, event.key, { count, abreast, rtl })
    if (next === null) return false
    onActive(next)
    return true
  }

  const drawn = Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i)
  return (
    <div
      ref={scroller}
      className="min-h-0 flex-1 overflow-y-auto sm:px-4.5 sm:py-3"
      onKeyDown={onKeyDown}
    >
      <ul
        aria-label={props.label}
        aria-busy={props.busy}
        className="relative"
        style={{ height: rows * CARD }}
      >
        {drawn.map((index) => {
          const row = at(index)
          const id = ids[index] ?? ''
          const selected = selection?.has(id) ?? false
          return (
            <li
              key={index}
              data-card={index}
              tabIndex={index === (active ?? 0) ? 0 : -1}
              aria-setsize={count}
              aria-posinset={index + 1}
              onFocus={(event) => event.target === event.currentTarget && onActive(index)}
              onClick={(event) => {
                const inner = (event.target as Element).closest('a, button, input, label')
                if (!inner && row) props.onOpen(row)
              }}
              style={{
                height: CARD,
                width: `${100 / abreast}%`,
                insetInlineStart: `${((index % abreast) * 100) / abreast}%`,
                top: Math.floor(index / abreast) * CARD,
              }}
              className={cn(
                'group/card absolute cursor-pointer outline-none sm:p-1.5',
                props.isGone?.(id) && 'opacity-50',
              )}
            >
              <div
                className={cn(
                  'flex size-full gap-3 overflow-hidden border-line px-4 py-3 group-focus-visible/card:shadow-[inset_0_0_0_2px_var(--focus)] max-sm:border-b sm:rounded-lg sm:border sm:hover:border-line-strong',
                  selected ? 'bg-selected' : 'bg-surface',
                )}
              >
                {row && selection && (
                  <span className="h-5 pt-0.5">
                    <RowCheckbox
                      checked={selected}
                      label={props.rowLabel(row)}
                      onToggle={(range) => selection.toggle(id, range)}
                    />
                  </span>
                )}
                <div className="min-w-0 flex-1">{row ? props.card(row) : <PendingCard />}</div>
              </div>
            </li>
          )
        })}
      </ul>
    </div>
  )
}

function PendingCard() {
  return (
    <div aria-hidden className="flex flex-col gap-2.5 pt-1">
      {['w-1/2', 'w-3/4', 'w-1/3'].map((width) => (
        <span key={width} className={cn('h-3 rounded-sm bg-line', width)} />
      ))}
    </div>
  )
}

/** How many cards fit beside each other. */
function useAbreast(scroller: RefObject<HTMLElement | null>): number {
  const [abreast, setAbreast] = useState(1)
  useEffect(() => {
    const box = scroller.current
    if (!box) return
    const watch = new ResizeObserver(() =>
      setAbreast(Math.max(1, Math.floor(box.clientWidth / WIDTH))),
    )
    watch.observe(box)
    return () => watch.disconnect()
  }, [scroller])
  return abreast
}
