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
import { type FailureGroup, groupFailures, remedyOf } from '@/features/batches/group-failures'
import { failuresQuery, useBatchAction, useRetryFailure } from '@/features/batches/queries'
import { useCan } from '@/hooks/use-can'
import { useOnce } from '@/hooks/use-once'
import { formatNumber } from '@/utils/format'

/** The leads that could not be analysed, by reason, with what helps and a way to try again. */
export function FailureList({ batch }: { batch: Batch }) {
  const { t } = useTranslation()
  const can = useCan()
  const failures = useQuery(failuresQuery(batch.id))
  const all = useBatchAction(batch.id)
  const once = useOnce()
  const groups = groupFailures(failures.data?.items ?? [])
  const listed = failures.data?.items.length ?? 0
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
            onClick={once(() => all.mutateAsync('retry').catch(() => undefined))}
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
      ) : groups.length === 0 ? (
        <p className="p-4 text-sm text-ink-2">{t('batch.failuresNone')}</p>
      ) : (
        <div className="max-h-[420px] overflow-y-auto">
          {groups.map((group) => (
            <Group key={group.code} batchId={batch.id} group={group} />
          ))}
          {batch.failed > listed && (
            <p className="num px-4 py-2 text-xs text-ink-2">
              {t('batch.failuresFirst', { n: formatNumber(listed) })}
            </p>
          )}
        </div>
      )}
    </Panel>
  )
}

function Group({ batchId, group }: { batchId: string; group: FailureGroup }) {
  const { t } = useTranslation()
  const can = useCan()
  const one = useRetryFailure(batchId)
  const once = useOnce()
  const remedy = remedyOf(group.code)
  return (
    <details className="border-b border-line last:border-b-0" open={group.failures.length < 4}>
      <summary className="cursor-pointer px-4 py-2 text-sm hover:bg-hover">
        <span className="num me-1.5 font-semibold text-bad">
          {formatNumber(group.failures.length)}
        </span>
        <span className="break-words">{group.reason}</span>
        <span className="block text-xs text-ink-2">
          {t(`batch.remedy.${remedy}`)}{' '}
          {(remedy === 'budget' || remedy === 'settings') && (
            <Link
              to={remedy === 'budget' ? '/settings/budgets' : '/settings/ai'}
              className="text-accent-text hover:underline"
            >
              {t('batch.openSettings')}
            </Link>
          )}
        </span>
      </summary>
      <ul>
        {group.failures.map((each) => (
          <li
            key={each.lead_id}
            className="flex min-h-9 items-center gap-2 border-t border-line ps-8 pe-4"
          >
            <Link
              to={`/leads/${each.lead_id}`}
              dir="auto"
              className="min-w-0 flex-1 truncate text-sm hover:underline"
            >
              {each.lead_name || t('lead.unnamed')}
            </Link>
            <span className="num shrink-0 text-xs text-ink-3">
              {t('batch.attempts', { count: each.attempts })}
            </span>
            {can('batches.retry_failure') && (
              <Button
                size="sm"
                variant="ghost"
                busy={one.isPending && one.variables === each.lead_id}
                disabled={one.isPending}
                onClick={once(() => one.mutateAsync(each.lead_id).catch(() => undefined))}
              >
                {t('batch.retry')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </details>
  )
}
