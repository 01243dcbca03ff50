import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import type { RowSelection } from '@/components/data-table/use-row-selection'
import { Button, IconButton } from '@/components/ui/button'
import { formatNumber, formatTotal } from '@/utils/format'

interface BulkBarProps {
  selection: RowSelection
  loaded: number
  total: number
  totalCapped: boolean
  children: ReactNode
}

/** Slides in from below while rows are selected, with what can be done to them. */
export function BulkBar({ selection, loaded, total, totalCapped, children }: BulkBarProps) {
  const { t } = useTranslation()
  if (selection.count === 0) return null
  const more = !selection.everything && selection.count === loaded && total > loaded
  return (
    <div
      role="region"
      aria-label={t('bulk.region')}
      className="absolute inset-x-3 bottom-3 z-40 mx-auto flex max-w-3xl animate-rise flex-wrap items-center gap-2 rounded-lg border border-line-strong bg-surface px-3 py-2 shadow-pop"
    >
      <span className="num text-sm font-medium" aria-live="polite">
        {selection.everything
          ? t('bulk.everything', { count: total, total: formatTotal(total, totalCapped) })
          : t('bulk.selected', { count: selection.ids.size, n: formatNumber(selection.ids.size) })}
      </span>
      {more && (
        <Button variant="ghost" onClick={selection.selectEverything}>
          {t('bulk.selectAll', { total: formatTotal(total, totalCapped) })}
        </Button>
      )}
      <div className="ms-auto flex flex-wrap items-center gap-2">
        {children}
        <IconButton label={t('bulk.clear')} onClick={selection.clear}>
          <X />
        </IconButton>
      </div>
    </div>
  )
}
