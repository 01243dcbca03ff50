import { X } from 'lucide-react'
import { type ReactNode, useLayoutEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'

import type { RowSelection } from '@/components/data-table/use-row-selection'
import { Button, IconButton } from '@/components/ui/button'
import { formatNumber, formatTotal } from '@/utils/format'

interface BulkBarProps {
  selection: RowSelection
  total: number
  totalCapped: boolean
  children: ReactNode
}

/** What stands at the foot of the window keeps this much of it for itself; toasts stay above. */
const FOOT = '--foot'

/** Slides in from below while rows are selected, with what can be done to them. */
export function BulkBar({ selection, total, totalCapped, children }: BulkBarProps) {
  const { t } = useTranslation()
  const bar = useRef<HTMLDivElement>(null)
  const shown = selection.count !== 0

  useLayoutEffect(() => {
    if (!shown || !bar.current || typeof ResizeObserver === 'undefined') return
    const root = document.documentElement.style
    const element = bar.current
    const observer = new ResizeObserver(() => {
      root.setProperty(FOOT, `${window.innerHeight - element.getBoundingClientRect().top}px`)
    })
    observer.observe(element)
    return () => {
      observer.disconnect()
      root.removeProperty(FOOT)
    }
  }, [shown])

  if (!shown) return null
  const more = !selection.everything && total > selection.ids.size
  return (
    <div
      ref={bar}
      role="region"
      aria-label={t('bulk.region')}
      className="absolute inset-x-3 bottom-3 z-40 mx-auto flex w-fit max-w-[calc(100%-24px)] animate-rise flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border border-line-strong bg-surface px-3 py-2 shadow-pop"
    >
      <span className="num text-sm font-medium" aria-live="polite">
        {selection.everything
          ? t('bulk.everything', { count: total, total: formatTotal(total, totalCapped) })
          : t('bulk.selected', { count: selection.ids.size, n: formatNumber(selection.ids.size) })}
      </span>
      {more && (
        <Button variant="ghost" className="px-2" onClick={selection.selectEverything}>
          {t('bulk.selectAll', { total: formatTotal(total, totalCapped) })}
        </Button>
      )}
      <div className="flex flex-wrap items-center gap-2 max-sm:gap-1">
        {children}
        <IconButton label={t('bulk.clear')} onClick={selection.clear}>
          <X />
        </IconButton>
      </div>
    </div>
  )
}
