import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import type { Overview } from '@/api/contract'
import { QUALIFIED_FILTER } from '@/features/home/queries'
import { formatNumber, formatPercent } from '@/utils/format'

export function SourceTable({ sources }: { sources: Overview['sources'] }) {
  const { t } = useTranslation()
  if (sources.length === 0) return <p className="p-4 text-sm text-ink-2">{t('home.recentNone')}</p>
  return (
    <table className="w-full text-sm">
      <thead>
        <tr className="text-xs text-ink-3">
          <th scope="col" className="h-8 px-4 text-start font-medium">
            {t('home.source')}
          </th>
          <th scope="col" className="px-4 text-end font-medium">
            {t('home.count')}
          </th>
          <th scope="col" className="px-4 text-end font-medium">
            {t('home.qualified')}
          </th>
        </tr>
      </thead>
      <tbody>
        {sources.map((each) => (
          <tr key={each.source} className="border-t border-line">
            <th scope="row" className="h-9 max-w-0 truncate px-4 text-start font-medium">
              <Link
                to={`/leads?source=${encodeURIComponent(each.source)}`}
                className="hover:underline"
              >
                {each.source || '–'}
              </Link>
            </th>
            <td className="num px-4 text-end">{formatNumber(each.count)}</td>
            <td className="num px-4 text-end">
              <Link
                to={`/leads?source=${encodeURIComponent(each.source)}&filter=${encodeURIComponent(QUALIFIED_FILTER)}`}
                className="hover:underline"
              >
                {formatNumber(each.qualified)}
              </Link>{' '}
              <span className="text-ink-3">{formatPercent(each.qualified, each.count)}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
