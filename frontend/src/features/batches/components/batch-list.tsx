import { useQuery } from '@tanstack/react-query'
import { Layers, Search } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'

import type { Batch } from '@/api/contract'
import { toProblem } from '@/api/problem'
import { EmptyState } from '@/components/feedback/empty-state'
import { ErrorState } from '@/components/feedback/error-state'
import { Badge } from '@/components/ui/badge'
import { ButtonLink } from '@/components/ui/button'
import { Select } from '@/components/ui/select'
import { SkeletonLines } from '@/components/ui/skeleton'
import { Time } from '@/components/ui/time'
import { BATCH_TONE } from '@/features/batches/batch-tone'
import { HonestBar } from '@/features/batches/components/honest-bar'
import { progressOf } from '@/features/batches/progress'
import { allBatchesQuery } from '@/features/batches/queries'
import { BATCH_SORTS, type BatchSort, findBatches, isOpen } from '@/features/batches/sort-batches'
import { formatMoney, formatNumber } from '@/utils/format'

/** The batches that are not over, then those that are. */
export function BatchList() {
  const { t } = useTranslation()
  const [params, setParams] = useSearchParams()
  const batches = useQuery(allBatchesQuery)
  const q = params.get('q') ?? ''
  const sort = BATCH_SORTS.find((each) => each === params.get('sort')) ?? 'newest'
  const set = (name: string, value: string) =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before)
        if (value) next.set(name, value)
        else next.delete(name)
        return next
      },
      { replace: true },
    )
  if (!batches.data) {
    return batches.error ? (
      <ErrorState problem={toProblem(batches.error)} onRetry={() => void batches.refetch()} />
    ) : (
      <SkeletonLines lines={8} />
    )
  }
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
  const found = findBatches(batches.data.items, q, sort)
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-2">
        <label className="relative min-w-48 flex-1 sm:max-w-80">
          <span className="sr-only">{t('batch.find')}</span>
          <Search
            aria-hidden
            className="absolute start-2.5 top-1/2 size-4 -translate-y-1/2 text-ink-3"
          />
          <input
            type="search"
            value={q}
            onChange={(event) => set('q', event.target.value)}
            placeholder={t('batch.find')}
            className="control ps-8"
          />
        </label>
        <Select<BatchSort>
          aria-label={t('batch.sort')}
          className="w-44"
          value={sort}
          onChange={(next) => set('sort', next === 'newest' ? '' : next)}
          options={BATCH_SORTS.map((value) => ({ value, label: t(`batch.sorts.${value}`) }))}
        />
      </div>
      {batches.error && (
        <ErrorState problem={toProblem(batches.error)} onRetry={() => void batches.refetch()} />
      )}
      {found.length === 0 && (
        <p className="py-8 text-center text-sm text-ink-2">{t('batch.noMatch', { q })}</p>
      )}
      <Section title={t('batch.open')} batches={found.filter(isOpen)} />
      <Section title={t('batch.over')} batches={found.filter((each) => !isOpen(each))} />
    </div>
  )
}

function Section({ title, batches }: { title: string; batches: Batch[] }) {
  if (batches.length === 0) return null
  return (
    <section aria-label={title}>
      <h2 className="num mb-1.5 flex gap-2 text-xs font-medium text-ink-2">
        {title} <span className="text-ink-3">{formatNumber(batches.length)}</span>
      </h2>
      <ul className="overflow-hidden rounded-lg border border-line bg-surface">
        {batches.map((batch) => (
          <BatchRow key={batch.id} batch={batch} />
        ))}
      </ul>
    </section>
  )
}

function BatchRow({ batch }: { batch: Batch }) {
  const { t } = useTranslation()
  const { finished } = progressOf(batch)
  return (
    <li className="border-b border-line [contain-intrinsic-size:auto_36px] [content-visibility:auto] last:border-b-0">
      <Link
        to={`/batches/${batch.id}`}
        className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1.5 px-4 py-2.5 hover:bg-hover sm:h-9 sm:grid-cols-[minmax(0,1.2fr)_minmax(100px,1fr)_130px_80px_90px_100px] sm:py-0"
      >
        <span dir="auto" title={batch.name} className="truncate font-medium">
          {batch.name || t('batch.unnamed')}
        </span>
        <span className="max-sm:order-last max-sm:col-span-2">
          <HonestBar batch={batch} thin />
        </span>
        <span className="num text-ink-2 max-sm:order-last max-sm:text-xs sm:text-end">
          {formatNumber(finished)} / {formatNumber(batch.total)}
        </span>
        <span className="num hidden text-end text-ink-2 sm:block">
          {formatMoney(batch.cost_micros, batch.currency)}
        </span>
        <span className="text-end">
          <Badge tone={BATCH_TONE[batch.status]}>{t(`batch.state.${batch.status}`)}</Badge>
        </span>
        <span className="text-end text-xs text-ink-3 max-sm:order-last">
          <Time iso={batch.created_at} />
        </span>
      </Link>
    </li>
  )
}
