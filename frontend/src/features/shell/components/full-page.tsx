import { type ReactNode } from 'react'

import { useDocumentTitle } from '@/hooks/use-document-title'

interface FullPageProps {
  icon: ReactNode
  title: string
  children: ReactNode
  actions: ReactNode
  alert?: boolean
}

/** What stands in place of a page that cannot be shown: what, why, and the ways on. */
export function FullPage({ icon, title, children, actions, alert }: FullPageProps) {
  useDocumentTitle(title)
  return (
    <div
      role={alert ? 'alert' : undefined}
      className="mx-auto flex min-h-0 w-full max-w-lg flex-1 flex-col justify-center gap-3 overflow-y-auto px-4 py-10 sm:px-6"
    >
      <span aria-hidden className="text-ink-3 [&_svg]:size-7 [&_svg]:stroke-[1.5]">
        {icon}
      </span>
      <h1 className="text-lg font-semibold tracking-tight text-balance">{title}</h1>
      <div className="flex flex-col gap-2 text-sm text-ink-2">{children}</div>
      <div className="mt-2 flex flex-wrap gap-2">{actions}</div>
    </div>
  )
}
