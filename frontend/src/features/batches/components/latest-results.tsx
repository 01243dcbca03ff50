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
import { useHeld } from '@/features/batches/use-held'

/** The ten leads that were analysed last, flowing in while the batch runs; still while one points at them. */
export function LatestResults({ batch }: { batch: Batch }) {
  const { t } = useTranslation()
  const results = useQuery(resultsQuery(batch.id))
  const { value: items, hold, waiting } = useHeld(results.data?.items)
  return (
    <Panel title={t('batch.results')} note={waiting ? t('batch.held') : undefined} flush>
      {results.error ? (
        <ErrorState
          problem={toProblem(results.error)}
          onRetry={() => void results.refetch()}
          className="m-3"
        />
      ) : !items ? (
        <SkeletonLines lines={5} className="p-4" />
      ) : items.length === 0 ? (
        <p className="p-4 text-sm text-ink-2">{t('batch.resultsNone')}</p>
      ) : (
        <ul {...hold} className={batch.total > 9 ? 'min-h-[360px]' : undefined}>
          {items.map((each) => (
            <li key={each.lead_id} className="border-b border-line last:border-b-0">
              <Link
                to={`/leads/${each.lead_id}`}
                className="flex h-9 items-center gap-2.5 px-4 hover:bg-hover pointer-coarse:h-11"
              >
                <GradeChip grade={each.grade} />
                <span dir="auto" className="max-w-[45%] shrink-0 truncate font-medium">
                  {each.name || each.company || t('lead.unnamed')}
                </span>
                <span dir="auto" className="min-w-0 flex-1 truncate text-xs text-ink-2">
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
