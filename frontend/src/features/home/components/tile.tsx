import type { ReactNode } from 'react'
import { Link } from 'react-router'

import { cn } from '@/utils/cn'

interface TileProps {
  /** The rows behind the figure. */
  to: string
  label: string
  value: string
  note?: ReactNode
  tone?: 'warn'
}

/** A figure with its basis; all of it opens the rows behind it. */
export function Tile({ to, label, value, note, tone }: TileProps) {
  return (
    <div className="relative min-w-0 bg-surface px-4 py-3 hover:bg-hover">
      <dt className="text-xs text-ink-2">
        <Link to={to} className="after:absolute after:inset-0">
          {label}
        </Link>
      </dt>
      <dd className={cn('text-2xl font-semibold break-words', tone === 'warn' && 'text-warn')}>
        {value}
      </dd>
      <dd className="min-h-4 text-xs text-ink-2">{note}</dd>
    </div>
  )
}
