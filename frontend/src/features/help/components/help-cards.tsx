import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { entries } from 'virtual:help'

import { HELP_PARTS } from '@/utils/help-pages'

/** What there is to read, for whoever has not chosen yet. */
export function HelpCards() {
  const { t } = useTranslation()
  return (
    <div className="flex flex-col gap-6">
      <p className="max-w-[70ch] text-sm text-ink-2">{t('help.intro')}</p>
      {HELP_PARTS.map((part) => (
        <section key={part} aria-labelledby={`cards-${part}`}>
          <h2 id={`cards-${part}`} className="mb-2 text-sm font-semibold">
            {t(`help.part.${part}`)}
          </h2>
          <ul className="grid gap-3 lg:grid-cols-2 2xl:grid-cols-3">
            {entries
              .filter((entry) => entry.part === part)
              .map(({ slug, title, summary }) => (
                <li key={slug}>
                  <Link
                    to={`/help/${slug}`}
                    className="flex h-full flex-col gap-1 rounded-lg border border-line bg-surface px-4 py-3 hover:border-line-strong hover:bg-hover"
                  >
                    <span className="text-sm font-medium">{title}</span>
                    {summary && <span className="line-clamp-3 text-xs text-ink-2">{summary}</span>}
                  </Link>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </div>
  )
}
