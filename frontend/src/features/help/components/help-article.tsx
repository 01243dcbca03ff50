import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'

import { entries } from 'virtual:help'

import { toProblem } from '@/api/problem'
import { EmptyState } from '@/components/feedback/empty-state'
import { ErrorState } from '@/components/feedback/error-state'
import { ButtonLink } from '@/components/ui/button'
import { SkeletonLines } from '@/components/ui/skeleton'
import { HelpBody } from '@/features/help/components/help-body'
import { helpQuery } from '@/features/help/queries'

/** One help page, with the list of its parts at its side where there is room. */
export function HelpArticle({ slug }: { slug: string }) {
  const { t } = useTranslation()
  const { hash } = useLocation()
  const known = entries.some((entry) => entry.slug === slug)
  const text = useQuery({ ...helpQuery(slug), enabled: known })
  useEffect(() => {
    if (!text.data) return
    const target = hash ? document.getElementById(decodeURIComponent(hash.slice(1))) : null
    target?.scrollIntoView()
  }, [hash, text.data])

  if (!known) {
    return (
      <EmptyState
        title={t('help.missing')}
        body={t('help.missingBody')}
        action={<ButtonLink to="/help">{t('help.all')}</ButtonLink>}
      />
    )
  }
  if (text.error) {
    return <ErrorState problem={toProblem(text.error)} onRetry={() => void text.refetch()} />
  }
  if (!text.data) return <SkeletonLines lines={12} />
  const { title, headings, nodes } = text.data
  const parts = headings.filter(({ level }) => level === 2)
  return (
    <div className="flex gap-10">
      <article className="max-w-[74ch] min-w-0 flex-1 pb-16">
        <h2 className="text-xl font-semibold text-balance">{title}</h2>
        <HelpBody nodes={nodes} />
      </article>
      {parts.length > 1 && (
        <nav
          aria-label={t('help.onPage')}
          className="sticky top-5 hidden w-52 shrink-0 self-start xl:block"
        >
          <p className="mb-1 text-xs font-medium text-ink-3">{t('help.onPage')}</p>
          <ul className="flex flex-col text-xs text-ink-2">
            {parts.map(({ id, text: name }) => (
              <li key={id}>
                <Link
                  to={`#${id}`}
                  className="flex min-h-6 items-center hover:text-ink hover:underline"
                >
                  {name}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </div>
  )
}
