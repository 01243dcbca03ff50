import { Search } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { NavLink, Link } from 'react-router'

import { entries } from 'virtual:help'

import { findHelp } from '@/features/help/find'
import { HELP_PARTS } from '@/utils/help-pages'
import { cn } from '@/utils/cn'

/** All help pages, narrowed down by what is typed. */
export function HelpList() {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const hits = findHelp(entries, text)
  return (
    <nav aria-label={t('help.pages')} className="flex flex-col gap-4">
      <div className="relative">
        <Search
          aria-hidden
          className="pointer-events-none absolute start-2.5 top-1/2 size-4 -translate-y-1/2 text-ink-3"
        />
        <input
          type="search"
          value={text}
          aria-label={t('help.search')}
          placeholder={t('help.search')}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => event.key === 'Escape' && setText('')}
          className="control w-full ps-8"
        />
      </div>
      {hits.length === 0 && (
        <p role="status" className="text-sm break-words text-ink-2">
          {t('help.none', { text })} {t('help.noneBody')}
        </p>
      )}
      {HELP_PARTS.map((part) => {
        const here = hits.filter(({ entry }) => entry.part === part)
        if (here.length === 0) return null
        return (
          <section key={part} aria-labelledby={`help-${part}`}>
            <h2 id={`help-${part}`} className="mb-1 px-2 text-xs font-medium text-ink-3">
              {t(`help.part.${part}`)}
            </h2>
            <ul>
              {here.map(({ entry, headings }) => (
                <li key={entry.slug}>
                  <NavLink
                    to={`/help/${entry.slug}`}
                    className={({ isActive }) =>
                      cn(
                        'flex items-center rounded-md px-2 py-1 text-sm pointer-coarse:min-h-11',
                        isActive ? 'bg-selected font-medium' : 'hover:bg-hover',
                      )
                    }
                  >
                    {entry.title}
                  </NavLink>
                  {headings.map((heading) => (
                    <Link
                      key={heading.id}
                      to={`/help/${entry.slug}#${heading.id}`}
                      className="flex items-center rounded-md py-0.5 ps-5 pe-2 text-xs text-ink-2 hover:bg-hover pointer-coarse:min-h-11"
                    >
                      {heading.text}
                    </Link>
                  ))}
                </li>
              ))}
            </ul>
          </section>
        )
      })}
    </nav>
  )
}
