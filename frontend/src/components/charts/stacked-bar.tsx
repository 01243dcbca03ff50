import { useTranslation } from 'react-i18next'

import type { Bar } from '@/components/charts/bar-list'
import { ChartFrame } from '@/components/charts/chart-frame'
import { cn } from '@/utils/cn'
import { formatNumber, formatPercent } from '@/utils/format'

interface StackedBarProps {
  parts: readonly Bar[]
  label: string
  unit: string
  /** What the whole bar stands for; the sum of the parts otherwise. */
  max?: number
  format?: (value: number) => string
  className?: string
}

/** Parts of one whole in one bar, named below it: told apart by place and words, not by hue alone. */
export function StackedBar(props: StackedBarProps) {
  const { parts, label, unit, max, format = formatNumber, className } = props
  const { t } = useTranslation()
  const sum = parts.reduce((total, part) => total + Math.max(0, part.value), 0)
  const whole = Math.max(max ?? sum, sum)
  return (
    <ChartFrame
      label={label}
      head={[label, unit, t('ui.share')]}
      rows={parts.map((part) => [part.label, format(part.value), formatPercent(part.value, whole)])}
      className={className}
    >
      <div aria-hidden className="flex h-3 gap-px overflow-hidden rounded-full bg-line">
        {parts.map((part) => (
          <span
            key={part.id}
            title={`${part.label}: ${format(part.value)}`}
            className={cn('block h-full', part.fill ?? 'bg-accent')}
            style={{ width: `${whole > 0 ? (100 * Math.max(0, part.value)) / whole : 0}%` }}
          />
        ))}
      </div>
      <ul className="mt-2 flex flex-wrap gap-x-4 gap-y-1">
        {parts.map((part) => (
          <li key={part.id} className="flex min-w-0 items-center gap-1.5 text-xs">
            <span
              aria-hidden
              className={cn('size-2 shrink-0 rounded-sm', part.fill ?? 'bg-accent')}
            />
            <span className="truncate text-ink-2">{part.label}</span>
            <span className="num">{format(part.value)}</span>
          </li>
        ))}
      </ul>
    </ChartFrame>
  )
}
