import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { Panel } from '@/components/layout/panel'
import { GradeChip } from '@/components/ui/grade-chip'
import { ScoreBar } from '@/components/ui/score-bar'
import { SkeletonLines } from '@/components/ui/skeleton'
import { BEST_FILTER, BEST_SORT, bestLeadsQuery } from '@/features/home/queries'
import { formatTotal } from '@/utils/format'

const ALL = `/leads?filter=${encodeURIComponent(BEST_FILTER)}&sort=${BEST_SORT}`

/** The day's work: the best leads that nobody has written to. */
export function BestLeads({ className }: { className?: string }) {
  const { t } = useTranslation()
  const best = useQuery(bestLeadsQuery)
  const items = best.data?.items
  return (
    <Panel
      title={t('home.best')}
      note={best.data && formatTotal(best.data.total, best.data.total_capped)}
      className={className}
      flush
      actions={
        !!items?.length && (
          <Link to={ALL} className="text-sm text-accent-text hover:underline">
            {t('home.all')}
          </Link>
        )
      }
    >
      {!items ? (
        best.error ? (
          <ErrorState
            problem={toProblem(best.error)}
            onRetry={() => void best.refetch()}
            className="m-3"
          />
        ) : (
          <SkeletonLines lines={6} className="p-4" />
        )
      ) : items.length === 0 ? (
        <p className="p-4 text-sm text-ink-2">{t('home.bestNone')}</p>
      ) : (
        <ul>
          {items.map((lead) => (
            <li key={lead.id} className="border-b border-line last:border-b-0">
              <Link
                to={`/leads/${lead.id}`}
                className="grid min-h-10 grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-3 px-4 hover:bg-hover max-sm:py-2 sm:h-10 sm:grid-cols-[auto_minmax(0,5fr)_minmax(0,6fr)_auto] pointer-coarse:min-h-11"
              >
                <GradeChip grade={lead.grade} />
                <span dir="auto" className="truncate">
                  <span className="font-medium">
                    {lead.name || lead.company || t('lead.unnamed')}
                  </span>
                  {lead.name && lead.company && (
                    <span className="text-ink-2"> · {lead.company}</span>
                  )}
                </span>
                <span
                  dir="auto"
                  className="truncate text-xs text-ink-2 empty:hidden max-sm:order-last max-sm:col-start-2 max-sm:col-end-4 sm:empty:block"
                >
                  {lead.top_pain?.quote && <q>{lead.top_pain.quote}</q>}
                </span>
                <ScoreBar score={lead.score} />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
