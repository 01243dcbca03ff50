import type { ReactNode } from 'react'

import { Wordmark } from '@/components/layout/wordmark'
import { useDocumentTitle } from '@/hooks/use-document-title'

interface AuthCardProps {
  title: string
  lead?: ReactNode
  children: ReactNode
  footer?: ReactNode
}

/** The frame of the pages shown before anybody is signed in. */
export function AuthCard({ title, lead, children, footer }: AuthCardProps) {
  useDocumentTitle(title)
  return (
    <main className="flex min-h-full flex-col items-center justify-center px-4 py-10">
      <div className="w-full max-w-[360px]">
        <Wordmark className="mb-8" />
        <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
        {lead && <p className="mt-1 text-sm text-ink-2">{lead}</p>}
        <div className="mt-6">{children}</div>
        {footer && <div className="mt-6 text-sm text-ink-2">{footer}</div>}
      </div>
    </main>
  )
}
