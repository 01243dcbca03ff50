import { useQuery } from '@tanstack/react-query'
import { Layers } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import type { Batch } from '@/api/contract'
import { toProblem } from '@/api/problem'
import { EmptyState } from '@/components/feedback/empty-state'
import { ErrorState } from '@/components/feedback/error-state'
import { Badge } from '@/components/ui/badge'
import { ButtonLink } from '@/components/ui/button'
import { SkeletonLines } from '@/components/ui/skeleton'
import { Time } from '@/components/ui/time'
import { BATCH_TONE } from '@/features/batches/batch-tone'
import { HonestBar } from '@/features/batches/components/honest-bar'
import { progressOf } from '@/features/batches/progress'
import { batchListQuery } from '@/features/batches/queries'
import { formatMoney, formatNumber } from '@/utils/format'

export function BatchList() {
  const { t } = useTranslation()
  const batches = useQuery(batchListQuery)
  if (batches.error) {
    return <ErrorState problem={toProblem(batches.error)} onRetry={() => void batches.refetch()} />
  }
  if (!batches.data) return <SkeletonLines lines={8} />
  if (batches.data.items.length === 0) {
    return (
      <EmptyState
        icon={<Layers />}
        title={t('batch.none')}
        body={t('batch.noneBody')}
        action={
          <ButtonLink to="/leads" variant="primary">
            {t('batch.goLeads')}
          </ButtonLink>
        }
      />
    )
  }
  return (
    <ul className="overflow-hidden rounded-lg border border-line bg-surface">
      {batches.data.items.map((batch) => (
        <BatchRow key={batch.id} batch={batch} />
      ))}
    </ul>
  )
}

function BatchRow({ batch }: { batch: Batch }) {
  const { t } = useTranslation()
  const { finished } = progressOf(batch)
  return (
    <li className="border-b border-line last:border-b-0">
      <Link
        to={`/batches/${batch.id}`}
        className="grid grid-cols-[1fr_auto] items-center gap-x-4 gap-y-1 px-4 py-2 hover:bg-hover sm:h-9 sm:grid-cols-[minmax(0,1.2fr)_minmax(120px,1fr)_130px_90px_90px_110px] sm:py-0"
      >
        <span className="truncate font-medium">{batch.name || t('batch.unnamed')}</span>
        <span className="max-sm:order-last max-sm:col-span-2">
          <HonestBar batch={batch} thin />
        </span>
        <span className="num hidden text-right text-ink-2 sm:block">
          {formatNumber(finished)} / {formatNumber(batch.total)}
        </span>
        <span className="num hidden text-right text-ink-2 sm:block">
          {formatMoney(batch.cost_micros, batch.currency)}
        </span>
        <Badge tone={BATCH_TONE[batch.status]}>{t(`batch.state.${batch.status}`)}</Badge>
        <span className="hidden text-right text-xs text-ink-3 sm:block">
          <Time iso={batch.created_at} />
        </span>
      </Link>
    </li>
  )
}
