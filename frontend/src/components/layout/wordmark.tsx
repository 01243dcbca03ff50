import { cn } from '@/utils/cn'

/** The name with its sign: a W that lets the light grain fall away. */
export function Wordmark({ className, compact }: { className?: string; compact?: boolean }) {
  return (
    <span className={cn('flex items-center gap-2', className)}>
      <svg viewBox="0 0 32 32" aria-hidden className="size-6 shrink-0">
        <rect width="32" height="32" rx="7" className="fill-accent" />
        <path
          d="M6 10l4.5 13L16 12l5.5 11L26 10"
          fill="none"
          strokeWidth="3"
          strokeLinecap="round"
          strokeLinejoin="round"
          className="stroke-accent-ink"
        />
      </svg>
      <span className={cn('text-base font-semibold tracking-tight', compact && 'sr-only')}>
        Winnow
      </span>
    </span>
  )
}
