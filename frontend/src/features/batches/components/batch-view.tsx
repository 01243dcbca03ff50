import { useQuery } from '@tanstack/react-query'
import { CircleStop, Pause, Play } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Batch } from '@/api/contract'
import { type ApiProblem, toProblem } from '@/api/problem'
import { PageBody, PageHeader } from '@/components/layout/page'
import { Badge } from '@/components/ui/badge'
import { Button, ButtonLink } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Callout } from '@/components/ui/callout'
import { Skeleton } from '@/components/ui/skeleton'
import { BATCH_TONE } from '@/features/batches/batch-tone'
import { BatchFigures } from '@/features/batches/components/batch-figures'
import { BatchLog } from '@/features/batches/components/batch-log'
import { BudgetLeft } from '@/features/batches/components/budget-left'
import { FailureList } from '@/features/batches/components/failure-list'
import { HonestBar } from '@/features/batches/components/honest-bar'
import { LatestResults } from '@/features/batches/components/latest-results'
import { progressOf } from '@/features/batches/progress'
import { batchQuery, isActive, useBatchAction } from '@/features/batches/queries'
import { useCan } from '@/hooks/use-can'
import { useOnce } from '@/hooks/use-once'
import { formatNumber, formatPercent } from '@/utils/format'

interface BatchViewProps {
  id: string
  /** In its place when it could not be read. */
  fault: (problem: ApiProblem, retry: () => unknown) => ReactNode
}

function BatchSkeleton() {
  const { t } = useTranslation()
  return (
    <>
      <PageHeader title={t('batch.one')} help="batches" />
      <PageBody>
        <div aria-hidden className="mx-auto flex max-w-5xl flex-col gap-4">
          <Skeleton className="h-56" />
          <div className="grid gap-4 lg:grid-cols-2">
            <Skeleton className="h-64" />
            <Skeleton className="h-64" />
          </div>
        </div>
      </PageBody>
    </>
  )
}

/** One batch while it runs and afterwards. */
export function BatchView({ id, fault }: BatchViewProps) {
  const { t } = useTranslation()
  const query = useQuery(batchQuery(id))
  if (query.error && !query.data) return fault(toProblem(query.error), () => query.refetch())
  if (!query.data) return <BatchSkeleton />
  const batch = query.data
  const { finished, part } = progressOf(batch)
  return (
    <>
      <PageHeader
        title={batch.name || t('batch.unnamed')}
        help="batches"
        note={
          <span className="flex flex-wrap items-center gap-2">
            <Badge tone={BATCH_TONE[batch.status]}>{t(`batch.state.${batch.status}`)}</Badge>
            {[
              batch.analyzer === 'llm' ? batch.model || t('analyzer.llm') : t('analyzer.rules'),
              batch.draft ? t('batch.drafts') : t('batch.noDrafts'),
            ].join(' · ')}
          </span>
        }
        actions={<BatchActions batch={batch} />}
      />
      <PageBody>
        <div className="mx-auto flex max-w-5xl flex-col gap-4">
          {batch.error && (
            <Callout tone="warn" alert title={t('batch.pausedItself')}>
              {batch.error}
            </Callout>
          )}
          <section className="rounded-lg border border-line bg-surface p-4">
            <div className="mb-2 flex items-baseline gap-2">
              <span className="num text-2xl font-semibold">{formatPercent(part, 1)}</span>
              <span className="num text-sm text-ink-2">
                {t('batch.of', { n: formatNumber(finished), total: formatNumber(batch.total) })}
              </span>
            </div>
            <HonestBar batch={batch} />
            <p className="sr-only" aria-live="polite">
              {t('batch.announce', { part: `${Math.floor(part * 10) * 10} %` })}
            </p>
            <BatchFigures batch={batch} />
            {batch.analyzer === 'llm' && (
              <div className="mt-4 border-t border-line pt-4">
                <BudgetLeft />
              </div>
            )}
          </section>
          <div className="grid items-start gap-4 md:grid-cols-2">
            <LatestResults batch={batch} />
            <div className="flex min-w-0 flex-col gap-4">
              <FailureList batch={batch} />
              <BatchLog id={batch.id} />
            </div>
          </div>
        </div>
      </PageBody>
    </>
  )
}

/** Faults of these actions are told by a toast. */
const told = () => undefined

function BatchActions({ batch }: { batch: Batch }) {
  const { t } = useTranslation()
  const can = useCan()
  const action = useBatchAction(batch.id)
  const [asking, setAsking] = useState(false)
  const once = useOnce()
  const left = batch.total - progressOf(batch).finished
  const active = isActive(batch)
  const cancel = async () => {
    try {
      await action.mutateAsync('cancel')
    } catch {
      return // told by a toast; the question stays open
    }
    setAsking(false)
  }
  return (
    <>
      {active && can('batches.pause') && (
        <Button
          icon={<Pause />}
          busy={action.isPending}
          onClick={once(() => action.mutateAsync('pause').catch(told))}
        >
          {t('batch.pause')}
        </Button>
      )}
      {batch.status === 'paused' && can('batches.resume') && (
        <Button
          icon={<Play />}
          variant="primary"
          busy={action.isPending}
          onClick={once(() => action.mutateAsync('resume').catch(told))}
        >
          {t('batch.resume')}
        </Button>
      )}
      {(active || batch.status === 'paused') && can('batches.cancel') && (
        <Button icon={<CircleStop />} iconOnPhone onClick={() => setAsking(true)}>
          {t('batch.cancel')}
        </Button>
      )}
      {batch.status === 'finished' && (
        <ButtonLink
          to={`/leads?filter=${encodeURIComponent(`batch = ${batch.id}`)}`}
          variant="primary"
        >
          {t('batch.seeLeads')}
        </ButtonLink>
      )}
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('batch.cancelTitle')}
        description={t('batch.cancelBody', { count: left, n: formatNumber(left) })}
        closeLabel={t('common.close')}
        footer={
          <>
            <Button onClick={() => setAsking(false)}>{t('batch.keep')}</Button>
            <Button variant="danger" busy={action.isPending} onClick={once(cancel)}>
              {t('batch.cancel')}
            </Button>
          </>
        }
      />
    </>
  )
}
