import { CircleHelp } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { useDocumentTitle } from '@/hooks/use-document-title'
import type { HelpSlug } from '@/utils/help-pages'
import { cn } from '@/utils/cn'

interface PageHeaderProps {
  title: string
  /** Shown quietly after the title: a count, a name. */
  note?: ReactNode
  leading?: ReactNode
  /** Ways to look at what the page shows; a row of their own where there is no room. */
  tabs?: ReactNode
  /** There are many of them: they stand beside the title only on wide screens. */
  manyTabs?: boolean
  actions?: ReactNode
  /** The help page that tells more. */
  help?: HelpSlug
}

/** The header that every page has: title, a quiet note, at most one primary action. */
export function PageHeader({
  title,
  note,
  leading,
  tabs,
  manyTabs,
  actions,
  help,
}: PageHeaderProps) {
  const { t } = useTranslation()
  useDocumentTitle(title)
  return (
    <header className="flex min-h-12 shrink-0 flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-4 py-2 sm:px-6">
      {leading}
      <h1
        dir="auto"
        title={title}
        className={cn(
          'max-w-full min-w-0 truncate text-base font-semibold sm:max-w-[56ch]',
          // Beside the way back and the help a long name takes no line of its own.
          leading && 'max-sm:max-w-[calc(100%-9.5rem)]',
        )}
      >
        {title}
      </h1>
      {help && (
        <Link
          to={`/help/${help}`}
          target="_blank"
          title={t('common.learnMore')}
          aria-label={t('common.learnMore')}
          className="-ms-1.5 flex size-7 shrink-0 items-center justify-center rounded-md text-ink-3 hover:bg-hover hover:text-ink pointer-coarse:size-11"
        >
          <CircleHelp aria-hidden className="size-4" />
        </Link>
      )}
      {note !== undefined && <span className="num text-sm text-ink-3">{note}</span>}
      {tabs && (
        <div
          className={cn(
            'order-last flex min-w-0 basis-full',
            manyTabs
              ? '2xl:order-none 2xl:flex-1 2xl:basis-0'
              : 'lg:order-none lg:flex-1 lg:basis-0',
          )}
        >
          {tabs}
        </div>
      )}
      {actions && <div className="ms-auto flex flex-wrap items-center gap-2">{actions}</div>}
    </header>
  )
}

/** The scrolling part below the header. */
export function PageBody({ children, narrow }: { children: ReactNode; narrow?: boolean }) {
  return (
    <div className="min-h-0 flex-1 overflow-y-auto" tabIndex={-1} data-keep-scroll="page">
      <div className={narrow ? 'mx-auto max-w-3xl px-4 py-5 sm:px-6' : 'px-4 py-5 sm:px-6'}>
        {children}
      </div>
    </div>
  )
}
