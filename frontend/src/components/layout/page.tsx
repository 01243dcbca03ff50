import type { ReactNode } from 'react'

import { useDocumentTitle } from '@/hooks/use-document-title'

interface PageHeaderProps {
  title: string
  /** Shown quietly after the title: a count, a name. */
  note?: ReactNode
  leading?: ReactNode
  actions?: ReactNode
}

/** The header that every page has: title, a quiet note, at most one primary action. */
export function PageHeader({ title, note, leading, actions }: PageHeaderProps) {
  useDocumentTitle(title)
  return (
    <header className="flex min-h-12 shrink-0 flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-4 py-2 sm:px-6">
      {leading}
      <h1
        dir="auto"
        title={title}
        className="max-w-full min-w-0 truncate text-base font-semibold sm:max-w-[56ch]"
      >
        {title}
      </h1>
      {note !== undefined && <span className="num text-sm text-ink-3">{note}</span>}
      {actions && <div className="ms-auto flex flex-wrap items-center gap-2">{actions}</div>}
    </header>
  )
}

/** The scrolling part below the header. */
export function PageBody({ children, narrow }: { children: ReactNode; narrow?: boolean }) {
  return (
    <div className="min-h-0 flex-1 overflow-y-auto" tabIndex={-1}>
      <div className={narrow ? 'mx-auto max-w-3xl px-4 py-5 sm:px-6' : 'px-4 py-5 sm:px-6'}>
        {children}
      </div>
    </div>
  )
}
