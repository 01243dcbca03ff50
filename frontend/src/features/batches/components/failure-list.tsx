import { useQuery } from '@tanstack/react-query'
import { RotateCw } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import type { Batch } from '@/api/contract'
import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { Panel } from '@/components/layout/panel'
import { Button } from '@/components/ui/button'
import { SkeletonLines } from '@/components/ui/skeleton'
import { failuresQuery, useBatchAction, useRetryFailure } from '@/features/batches/queries'
import { useCan } from '@/hooks/use-can'
import { formatNumber } from '@/utils/format'

/** The leads that could not be analysed, each with its reason and a way to try again. */
export function FailureList({ batch }: { batch: Batch }) {
  const { t } = useTranslation()
  const can = useCan()
  const failures = useQuery(failuresQuery(batch.id))
  const all = useBatchAction(batch.id)
  const one = useRetryFailure(batch.id)
  return (
    <Panel
      title={t('batch.failures')}
      note={formatNumber(batch.failed)}
      flush
      actions={
        batch.failed > 0 &&
        can('batches.retry') && (
          <Button
            size="sm"
            icon={<RotateCw />}
            busy={all.isPending}
            onClick={() => all.mutate('retry')}
          >
            {t('batch.retryAll')}
          </Button>
        )
      }
    >
      {failures.error ? (
        <ErrorState
          problem={toProblem(failures.error)}
          onRetry={() => void failures.refetch()}
          className="m-3"
        />
      ) : !failures.data ? (
        <SkeletonLines className="p-4" />
      ) : failures.data.items.length === 0 ? (
        <p className="p-4 text-sm text-ink-2">{t('batch.failuresNone')}</p>
      ) : (
        <ul className="max-h-96 overflow-y-auto">
          {failures.data.items.map((each) => (
            <li
              key={each.lead_id}
              className="flex items-start gap-2 border-b border-line px-4 py-2 last:border-b-0"
            >
              <div className="min-w-0 flex-1">
                <Link to={`/leads/${each.lead_id}`} className="font-medium hover:underline">
                  {each.lead_name || t('lead.unnamed')}
                </Link>
                <p className="text-xs break-words text-ink-2">
                  {each.reason} {t('batch.attempts', { count: each.attempts })}
                </p>
              </div>
              {can('batches.retry_failure') && (
                <Button size="sm" disabled={one.isPending} onClick={() => one.mutate(each.lead_id)}>
                  {t('batch.retry')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
