import { useTranslation } from 'react-i18next'

import type { Estimate } from '@/api/contract'
import { Skeleton } from '@/components/ui/skeleton'
import { cn } from '@/utils/cn'
import { formatDuration, formatMoney, formatNumber } from '@/utils/format'

interface EstimateViewProps {
  estimate: Estimate | undefined
  /** The figures shown belong to an earlier choice; new ones are coming. */
  stale: boolean
}

export function EstimateView({ estimate, stale }: EstimateViewProps) {
  const { t } = useTranslation()
  if (!estimate) return <Skeleton className="h-24 w-full" />
  const { currency, budget } = estimate
  return (
    <div
      role="status"
      className={cn('rounded-md bg-sunken px-3 py-2.5 transition-opacity', stale && 'opacity-50')}
    >
      <dl className="num grid grid-cols-3 gap-2">
        <Figure label={t('estimate.leads')} value={formatNumber(estimate.leads)} />
        <Figure label={t('estimate.cost')} value={formatMoney(estimate.cost_micros, currency)} />
        <Figure label={t('estimate.time')} value={formatDuration(estimate.seconds)} />
      </dl>
      <p className="num mt-2 text-xs text-ink-2">
        {estimate.leads === 0
          ? t('estimate.nothing')
          : t('estimate.detail', {
              fresh: formatNumber(estimate.to_analyze),
              cached: formatNumber(estimate.cached),
            })}
        {budget?.left_micros != null &&
          ` ${t('estimate.budget', { left: formatMoney(budget.left_micros, currency) })}`}
      </p>
      {!estimate.fits && <p className="mt-1 text-xs text-bad">{t('estimate.tooMuch')}</p>}
    </div>
  )
}

function Figure({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt className="text-xs text-ink-2">{label}</dt>
      <dd className="text-lg font-semibold">{value}</dd>
    </div>
  )
}
