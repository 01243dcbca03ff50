import type { ReactNode } from 'react'

import { cn } from '@/utils/cn'

interface PanelProps {
  title?: string
  note?: ReactNode
  actions?: ReactNode
  className?: string
  flush?: boolean
  children: ReactNode
}

/** A bordered section with an optional heading line. */
export function Panel({ title, note, actions, className, flush, children }: PanelProps) {
  return (
    <section className={cn('min-w-0 rounded-lg border border-line bg-surface', className)}>
      {title && (
        <header className="flex min-h-10 flex-wrap items-center gap-2 border-b border-line px-4 py-1.5">
          <h2 className="text-sm font-semibold">{title}</h2>
          {note !== undefined && <span className="num text-xs text-ink-3">{note}</span>}
          {actions && <div className="ms-auto flex items-center gap-1.5">{actions}</div>}
        </header>
      )}
      <div className={flush ? '' : 'p-4'}>{children}</div>
    </section>
  )
}
