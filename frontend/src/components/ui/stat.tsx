import type { ReactNode } from 'react'
import { Link } from 'react-router'

import { Skeleton } from '@/components/ui/skeleton'
import { cn } from '@/utils/cn'

interface StatProps {
  label: string
  /** Undefined while it is coming. */
  value: ReactNode | undefined
  /** The basis of the figure: "212 of 1,240". */
  note?: ReactNode
  tone?: 'good' | 'warn' | 'bad'
  /** Opens the rows behind the figure. */
  to?: string
  className?: string
}

/** A figure with its name and its basis. */
export function Stat({ label, value, note, tone, to, className }: StatProps) {
  const body = (
    <>
      <span className="block text-xs text-ink-2">{label}</span>
      {value === undefined ? (
        <Skeleton className="my-1.5 h-6 w-20" />
      ) : (
        <span
          className={cn(
            'num block text-2xl font-semibold tracking-tight break-words',
            tone === 'good' && 'text-good',
            tone === 'warn' && 'text-warn',
            tone === 'bad' && 'text-bad',
          )}
        >
          {value}
        </span>
      )}
      {note && <span className="num block text-xs text-ink-3">{note}</span>}
    </>
  )
  const look = cn('block min-w-0', className)
  if (!to) return <div className={look}>{body}</div>
  return (
    <Link to={to} className={cn(look, '-m-2 rounded-md p-2 hover:bg-hover')}>
      {body}
    </Link>
  )
}
