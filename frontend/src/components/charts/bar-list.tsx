import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { ChartFrame } from '@/components/charts/chart-frame'
import { cn } from '@/utils/cn'
import { formatNumber, formatPercent } from '@/utils/format'

export interface Bar {
  id: string
  label: string
  value: number
  /** A fill class from the tokens; the accent otherwise. */
  fill?: string
  /** Opens the rows behind the bar. */
  to?: string
}

interface BarListProps {
  bars: readonly Bar[]
  label: string
  /** What is counted: the table's second heading. */
  unit: string
  format?: (value: number) => string
  className?: string
}

/** Named bars from zero, each with its figure and its share. */
export function BarList({ bars, label, unit, format = formatNumber, className }: BarListProps) {
  const { t } = useTranslation()
  const most = Math.max(0, ...bars.map((bar) => bar.value))
  const total = bars.reduce((sum, bar) => sum + bar.value, 0)
  return (
    <ChartFrame
      label={label}
      head={[label, unit, t('ui.share')]}
      rows={bars.map((bar) => [bar.label, format(bar.value), formatPercent(bar.value, total)])}
      className={className}
    >
      <ul className="flex flex-col gap-1.5">
        {bars.map((bar) => (
          <li key={bar.id} className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-3">
            {bar.to ? (
              <Link to={bar.to} className="truncate text-sm hover:underline" title={bar.label}>
                {bar.label}
              </Link>
            ) : (
              <span className="truncate text-sm" title={bar.label}>
                {bar.label}
              </span>
            )}
            <span className="num text-sm">
              {format(bar.value)}{' '}
              <span className="text-xs text-ink-3">{formatPercent(bar.value, total)}</span>
            </span>
            <span aria-hidden className="col-span-2 h-1.5 rounded-full bg-line">
              <span
                className={cn('block h-full rounded-full', bar.fill ?? 'bg-accent')}
                style={{ width: `${most > 0 ? (100 * Math.max(0, bar.value)) / most : 0}%` }}
              />
            </span>
          </li>
        ))}
      </ul>
    </ChartFrame>
  )
}
