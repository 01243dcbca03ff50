import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'

import type { Duplicate } from '@/api/contract'
import { ScoreBadge } from '@/features/duplicates/components/score-words'
import { leadName } from '@/features/duplicates/field-words'
import { cn } from '@/utils/cn'

const ROW = 60
const AHEAD = 10

interface PairListProps {
  items: readonly Duplicate[]
  chosen: string | null
  onChoose: (id: string) => void
  more: (() => void) | null
}

/** The queue beside the pair at hand; only the rows in view are in the page. */
export function PairList({ items, chosen, onChoose, more }: PairListProps) {
  const { t } = useTranslation()
  const scroller = useRef<HTMLDivElement>(null)
  const view = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => items[index]!.id,
    estimateSize: () => ROW,
    overscan: 8,
    initialRect: { width: 288, height: 640 },
  })
  const shown = view.getVirtualItems()
  const last = shown.at(-1)?.index ?? 0
  const at = items.findIndex((each) => each.id === chosen)

  useEffect(() => {
    if (more && last + AHEAD >= items.length) more()
  }, [more, last, items.length])
  useEffect(() => {
    if (at >= 0) view.scrollToIndex(at, { align: 'auto' })
  }, [at, view])

  return (
    <div
      ref={scroller}
      className="min-h-0 flex-1 overflow-y-auto"
      tabIndex={-1}
      data-keep-scroll="pairs"
    >
      <ul
        aria-label={t('duplicate.queue')}
        className="relative"
        style={{ height: view.getTotalSize() }}
      >
        {shown.map(({ index, key, start }) => {
          const pair = items[index]!
          const [a, b] = [leadName(pair.a, t), leadName(pair.b, t)]
          return (
            <li
              key={key}
              className="absolute inset-x-0 top-0"
              style={{ height: ROW, transform: `translateY(${start}px)` }}
            >
              <button
                type="button"
                aria-current={pair.id === chosen || undefined}
                onClick={() => onChoose(pair.id)}
                className={cn(
                  'flex h-full w-full items-center gap-2.5 border-b border-line px-4 text-start text-sm hover:bg-hover focus-visible:-outline-offset-2',
                  pair.id === chosen && 'bg-selected hover:bg-selected',
                )}
              >
                <span className="min-w-0 flex-1">
                  <bdi className="block truncate font-medium">{a}</bdi>
                  <bdi className="block truncate text-xs text-ink-2">
                    {b === a ? [pair.b.company, pair.b.email].filter(Boolean).join(' · ') || b : b}
                  </bdi>
                </span>
                <span className="num shrink-0">
                  <ScoreBadge pair={pair} />
                </span>
              </button>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
