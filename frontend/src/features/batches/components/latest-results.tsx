import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import type { Batch } from '@/api/contract'
import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { Panel } from '@/components/layout/panel'
import { GradeChip } from '@/components/ui/grade-chip'
import { SkeletonLines } from '@/components/ui/skeleton'
import { resultsQuery } from '@/features/batches/queries'

/** The ten leads that were analysed last, flowing in while the batch runs. */
export function LatestResults({ batch }: { batch: Batch }) {
  const { t } = useTranslation()
  const results = useQuery(resultsQuery(batch.id))
  return (
    <Panel title={t('batch.results')} flush>
      {results.error ? (
        <ErrorState problem={toProblem(results.error)} className="m-3" />
      ) : !results.data ? (
        <SkeletonLines lines={5} className="p-4" />
      ) : results.data.items.length === 0 ? (
        <p className="p-4 text-sm text-ink-2">{t('batch.resultsNone')}</p>
      ) : (
        <ul>
          {results.data.items.map((each) => (
            <li key={each.lead_id} className="border-b border-line last:border-b-0">
              <Link
                to={`/leads/${each.lead_id}`}
                className="flex h-9 items-center gap-2.5 px-4 hover:bg-hover"
              >
                <GradeChip grade={each.grade} />
                <span className="shrink-0 font-medium">{each.name || each.company}</span>
                <span className="min-w-0 flex-1 truncate text-xs text-ink-2">
                  {each.quote && <q>{each.quote}</q>}
                </span>
                <span className="num text-ink-2">{each.score}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
