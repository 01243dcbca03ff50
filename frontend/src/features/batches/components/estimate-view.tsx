import { useTranslation } from 'react-i18next'

import type { Estimate } from '@/api/contract'
import { Callout } from '@/components/ui/callout'
import { Skeleton } from '@/components/ui/skeleton'
import { useCan } from '@/hooks/use-can'
import { cn } from '@/utils/cn'
import { formatDuration, formatMoney, formatNumber } from '@/utils/format'

interface EstimateViewProps {
  estimate: Estimate | undefined
  /** The figures shown belong to an earlier choice; new ones are coming. */
  stale: boolean
}

/** How many leads, how many of them free, what the rest may cost, and whether that fits. */
export function EstimateView({ estimate, stale }: EstimateViewProps) {
  const { t } = useTranslation()
  const can = useCan()
  if (!estimate) return <Skeleton className="h-24 w-full" />
  const { currency, budget, cost_micros: cost } = estimate
  const left = budget?.left_micros ?? null
  return (
    <div
      role="status"
      className={cn('flex flex-col gap-3 transition-opacity', stale && 'opacity-50')}
    >
      <div className="rounded-md bg-sunken px-3 py-2.5">
        <dl className="num grid grid-cols-2 gap-2 sm:grid-cols-4">
          <Figure label={t('estimate.leads')} value={formatNumber(estimate.leads)} />
          <Figure label={t('estimate.cached')} value={formatNumber(estimate.cached)} />
          <Figure
            label={t('estimate.cost')}
            value={
              cost === 0
                ? t('estimate.free')
                : t('estimate.upTo', { cost: formatMoney(cost, currency) })
            }
          />
          <Figure
            label={t('estimate.time')}
            value={
              estimate.seconds <= 0
                ? '–'
                : estimate.seconds < 1
                  ? '< 1 s'
                  : formatDuration(estimate.seconds)
            }
          />
        </dl>
        <p className="num mt-2 text-xs text-ink-2">
          {estimate.leads === 0
            ? t('estimate.nothing')
            : [
                t('estimate.detail', {
                  fresh: formatNumber(estimate.to_analyze),
                  cached: formatNumber(estimate.cached),
                }),
                estimate.tokens_in > 0 &&
                  t('estimate.tokens', {
                    in: formatNumber(estimate.tokens_in),
                    out: formatNumber(estimate.tokens_out),
                  }) + '.',
                estimate.sampled && t('estimate.sampled'),
                cost > 0 && t('estimate.limit'),
              ]
                .filter(Boolean)
                .join(' ')}
        </p>
      </div>
      {!estimate.fits && left !== null && cost > left && (
        <Callout
          tone="bad"
          title={t('estimate.over', { over: formatMoney(cost - left, currency) })}
        >
          {can('budgets.update') ? t('estimate.overAdmin') : t('estimate.overUser')}
        </Callout>
      )}
    </div>
  )
}

function Figure({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt className="text-xs text-ink-2">{label}</dt>
      <dd className="text-base font-semibold">{value}</dd>
    </div>
  )
}
