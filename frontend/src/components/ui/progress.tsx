import { cn } from '@/utils/cn'

type ProgressTone = 'accent' | 'good' | 'warn' | 'bad' | 'neutral'

const FILL: Record<ProgressTone, string> = {
  accent: 'bg-accent',
  good: 'bg-good',
  warn: 'bg-warn',
  bad: 'bg-bad',
  neutral: 'bg-ink-3',
}

interface ProgressProps {
  /** Null while nobody knows how far it is. */
  value: number | null
  max?: number
  label: string
  /** What a screen reader says instead of a percentage. */
  text?: string
  tone?: ProgressTone
  size?: 'sm' | 'md'
  className?: string
}

/** How far something is, on an honest scale. */
export function Progress(props: ProgressProps) {
  const { value, max = 100, label, text, tone = 'accent', size = 'sm', className } = props
  const part = value === null || max <= 0 ? 0 : Math.min(1, Math.max(0, value / max))
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={value === null ? undefined : Math.min(max, Math.max(0, value))}
      aria-valuetext={text}
      className={cn(
        'overflow-hidden rounded-full bg-line',
        size === 'sm' ? 'h-1' : 'h-2',
        className ?? 'w-full',
      )}
    >
      {value === null ? (
        <div className={cn('h-full w-full animate-skeleton', FILL[tone])} />
      ) : (
        <div
          className={cn('h-full transition-[width] duration-150', FILL[tone])}
          style={{ width: `${part * 100}%` }}
        />
      )}
    </div>
  )
}
