import { type KeyboardEvent, type PointerEvent, useState } from 'react'

import { ChartFrame } from '@/components/charts/chart-frame'
import { niceTop, points } from '@/components/charts/scale'
import { cn } from '@/utils/cn'
import { formatNumber } from '@/utils/format'

export interface Line {
  id: string
  label: string
  values: readonly number[]
  /** A text colour class: the line is drawn in it. */
  tone?: string
  /** Told apart without hue as well. */
  dashed?: boolean
}

interface LineChartProps {
  label: string
  /** The name of each place on the axis, as many as there are values. */
  ticks: readonly string[]
  /** The heading of the ticks in the table. */
  tickLabel: string
  lines: readonly Line[]
  format?: (value: number) => string
  className?: string
}

const WIDTH = 640
const HEIGHT = 160

/** Lines over time from zero. Arrow keys or the pointer read one place after the other. */
export function LineChart(props: LineChartProps) {
  const { label, ticks, tickLabel, lines, format = formatNumber, className } = props
  const [at, setAt] = useState<number | null>(null)
  const top = niceTop(Math.max(0, ...lines.flatMap((line) => line.values)))
  const last = ticks.length - 1
  const read = at === null ? null : Math.min(at, last)

  const onKeyDown = (event: KeyboardEvent) => {
    const from = read ?? last
    const to = { ArrowLeft: from - 1, ArrowRight: from + 1, Home: 0, End: last }[event.key]
    if (to === undefined) return
    event.preventDefault()
    setAt(Math.min(last, Math.max(0, to)))
  }
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    setAt(Math.round(((event.clientX - box.left) / box.width) * last))
  }
  const place = (i: number) => (last <= 0 ? 50 : (100 * i) / last)
  return (
    <ChartFrame
      label={label}
      head={[tickLabel, ...lines.map((line) => line.label)]}
      rows={ticks.map((tick, i) => [tick, ...lines.map((line) => format(line.values[i] ?? 0))])}
      className={className}
    >
      <div className="num mb-1 flex min-h-4 flex-wrap gap-x-4 text-xs" aria-live="polite">
        {read !== null && <span className="text-ink-2">{ticks[read]}</span>}
        {lines.map((line) => (
          <span key={line.id} className={cn('font-medium', line.tone ?? 'text-accent-text')}>
            {line.dashed ? '┄ ' : '— '}
            {line.label} {format(line.values[read ?? last] ?? 0)}
          </span>
        ))}
      </div>
      <div
        dir="ltr"
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={last}
        aria-valuenow={read ?? last}
        aria-valuetext={`${ticks[read ?? last] ?? ''}: ${lines
          .map((line) => `${line.label} ${format(line.values[read ?? last] ?? 0)}`)
          .join(', ')}`}
        onKeyDown={onKeyDown}
        onPointerMove={onPointerMove}
        onPointerLeave={() => setAt(null)}
        onBlur={() => setAt(null)}
        className="relative h-40 border-b border-line-strong"
      >
        <span aria-hidden className="num absolute top-0 left-0 text-2xs text-ink-3">
          {format(top)}
        </span>
        <svg
          aria-hidden
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
          className="size-full overflow-visible border-t border-line"
        >
          {lines.map((line) => (
            <polyline
              key={line.id}
              points={points(line.values, top, WIDTH, HEIGHT)
                .map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`)
                .join(' ')}
              fill="none"
              stroke="currentColor"
              strokeWidth="2"
              strokeDasharray={line.dashed ? '5 4' : undefined}
              strokeLinejoin="round"
              vectorEffect="non-scaling-stroke"
              className={line.tone ?? 'text-accent-text'}
            />
          ))}
        </svg>
        {read !== null && (
          <span
            aria-hidden
            className="pointer-events-none absolute inset-y-0 w-px bg-ink-3"
            style={{ left: `${place(read)}%` }}
          />
        )}
      </div>
      <figcaption dir="ltr" className="mt-1 flex justify-between text-xs text-ink-3">
        <span>{ticks[0]}</span>
        {last > 0 && <span>{ticks[last]}</span>}
      </figcaption>
    </ChartFrame>
  )
}
