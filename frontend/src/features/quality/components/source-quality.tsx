import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import type { Quality } from '@/api/contract'
import { leadsHref, toneOf } from '@/features/quality/mend'
import { cn } from '@/utils/cn'
import { formatNumber, formatPercent } from '@/utils/format'

const TONE = {
  none: 'text-ink-3',
  some: 'text-ink',
  many: 'bg-warn-soft text-ink',
  most: 'bg-bad-soft text-ink',
} as const

/** Sources by what their leads lack, so that it shows which one brings poor data. */
export function SourceQuality({ quality }: { quality: Quality }) {
  const { t } = useTranslation()
  // What no lead lacks stands above; here it would only make the table wide.
  const checks = quality.checks.filter((check) => check.count > 0)
  return (
    <div
      className="scroll-x rounded-b-lg"
      tabIndex={0}
      role="region"
      aria-label={t('quality.bySource')}
    >
      <table className="w-full text-sm">
        <thead>
          <tr className="text-xs text-ink-3">
            <th
              scope="col"
              className="sticky start-0 bg-surface px-4 py-2 text-start align-bottom font-medium"
            >
              {t('quality.source')}
            </th>
            <th scope="col" className="px-2 py-2 text-end align-bottom font-medium">
              {t('quality.leads')}
            </th>
            {checks.map((check) => (
              <th
                key={check.key}
                scope="col"
                className="min-w-16 px-2 py-2 text-end align-bottom font-medium"
              >
                {t(`quality.check.${check.key}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {quality.sources.map((each) => (
            <tr key={each.source} className="border-t border-line">
              <th
                scope="row"
                dir="auto"
                className="sticky start-0 h-9 max-w-32 truncate sm:max-w-48 bg-surface px-4 text-start font-medium"
              >
                {each.source || '–'}
              </th>
              <td className="num px-2 text-end">{formatNumber(each.leads)}</td>
              {checks.map((check) => {
                const count = each.counts[check.key] ?? 0
                return (
                  <td
                    key={check.key}
                    className={cn('num px-2 text-end', TONE[toneOf(count, each.leads)])}
                  >
                    {count > 0 ? (
                      <Link
                        to={leadsHref(check.filter, each.source)}
                        title={t('quality.cell', {
                          n: formatNumber(count),
                          total: formatNumber(each.leads),
                        })}
                        className="hover:underline"
                      >
                        {formatPercent(count, each.leads)}
                      </Link>
                    ) : (
                      '–'
                    )}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
