import { BookOpen, Braces, FileJson, Keyboard } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { noted } from '@/api/client'
import { PageBody, PageHeader } from '@/components/layout/page'

/** What this is, which version runs, and where everything is described. */
export function Component() {
  const { t } = useTranslation()
  const version = noted()
  return (
    <>
      <PageHeader title={t('about.title')} note={version && t('about.version', { version })} />
      <PageBody narrow>
        <p className="mb-5 text-base text-ink-2">{t('about.body')}</p>
        <ul className="overflow-hidden rounded-lg border border-line bg-surface">
          <Entry
            icon={<BookOpen />}
            title={t('help.title')}
            note={t('about.helpNote')}
            to="/help"
          />
          {/* These two are served by the server itself, outside the app's own addresses. */}
          <Entry icon={<Braces />} title={t('about.api')} note={t('about.apiNote')} href="/docs" />
          <Entry
            icon={<FileJson />}
            title={t('about.contract')}
            note={t('about.contractNote')}
            href="/api/openapi.json"
          />
          <Entry icon={<Keyboard />} title={t('shortcut.title')} note={t('about.shortcuts')} />
        </ul>
      </PageBody>
    </>
  )
}

interface EntryProps {
  icon: ReactNode
  title: string
  note: string
  to?: string
  href?: string
}

function Entry({ icon, title, note, to, href }: EntryProps) {
  const look = 'flex min-h-14 items-center gap-3 px-4 py-2.5'
  const inner = (
    <>
      <span aria-hidden className="shrink-0 text-ink-3 [&_svg]:size-4">
        {icon}
      </span>
      <span className="min-w-0">
        <span className="block text-sm font-medium">{title}</span>
        <span className="block text-xs text-ink-2">{note}</span>
      </span>
    </>
  )
  return (
    <li className="border-line not-first:border-t">
      {to ? (
        <Link to={to} className={`${look} hover:bg-hover`}>
          {inner}
        </Link>
      ) : href ? (
        <a href={href} className={`${look} hover:bg-hover`}>
          {inner}
        </a>
      ) : (
        <div className={look}>{inner}</div>
      )}
    </li>
  )
}
