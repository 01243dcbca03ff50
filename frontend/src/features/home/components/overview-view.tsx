import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import type { Batch, Overview } from '@/api/contract'
import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { Panel } from '@/components/layout/panel'
import { Skeleton } from '@/components/ui/skeleton'
import { BestLeads } from '@/features/home/components/best-leads'
import { CostTile } from '@/features/home/components/cost-tile'
import { GradeBars } from '@/features/home/components/grade-bars'
import { RecentList } from '@/features/home/components/recent-list'
import { SourceTable } from '@/features/home/components/source-table'
import { Tile } from '@/features/home/components/tile'
import { TrendChart } from '@/features/home/components/trend-chart'
import { overviewQuery, QUALIFIED_FILTER } from '@/features/home/queries'
import { formatNumber, formatPercent } from '@/utils/format'

interface OverviewViewProps {
  /** What stands above the figures. */
  above: (overview: Overview) => ReactNode
  running: (batches: Batch[]) => ReactNode
}

const NEW_7D = `/leads?filter=${encodeURIComponent('created_at > -7d')}`
const QUALIFIED = `/leads?filter=${encodeURIComponent(QUALIFIED_FILTER)}`
const ANALYZED = `/leads?filter=${encodeURIComponent('not analyzed_at empty')}`

/** The day's work, then the numbers of the workspace. Each leads to the rows behind it. */
export function OverviewView({ above, running }: OverviewViewProps) {
  const { t } = useTranslation()
  const overview = useQuery(overviewQuery)
  if (!overview.data) {
    return overview.error ? (
      <ErrorState problem={toProblem(overview.error)} onRetry={() => void overview.refetch()} />
    ) : (
      <OverviewSkeleton />
    )
  }
  const data = overview.data
  const { numerator, denominator } = data.qualified_rate
  const batches = data.batches_running
  return (
    <div className="flex flex-col gap-4">
      {overview.error && (
        <ErrorState problem={toProblem(overview.error)} onRetry={() => void overview.refetch()} />
      )}
      {above(data)}
      <dl className="num grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-line bg-line lg:grid-cols-4">
        <Tile
          to="/leads"
          label={t('home.leads')}
          value={formatNumber(data.leads_total)}
          note={
            <Link to={NEW_7D} className="relative hover:underline">
              {t('home.new7', { n: formatNumber(data.leads_new_7d) })}
            </Link>
          }
        />
        <Tile
          to={ANALYZED}
          label={t('home.analyzed')}
          value={formatNumber(data.analyzed)}
          note={t('home.ofLeads', { rate: formatPercent(data.analyzed, data.leads_total) })}
        />
        <Tile
          to={QUALIFIED}
          label={t('home.qualified')}
          value={formatPercent(numerator, denominator)}
          note={t('home.rate', {
            n: formatNumber(numerator),
            total: formatNumber(denominator),
          })}
        />
        <CostTile micros={data.cost_micros_month} />
      </dl>
      {batches.length > 0 && running(batches)}
      <div className="grid gap-4 lg:grid-cols-3">
        <BestLeads className="lg:col-span-2" />
        <Panel title={t('home.grades')}>
          <GradeBars grades={data.grades} />
        </Panel>
        <TrendChart trend={data.trend ?? []} className="lg:col-span-2" />
        <Panel title={t('home.recent')} className="lg:row-span-2">
          <RecentList events={data.recent ?? []} />
        </Panel>
        <Panel title={t('home.sources')} className="lg:col-span-2" flush>
          <SourceTable sources={data.sources ?? []} />
        </Panel>
      </div>
    </div>
  )
}

function OverviewSkeleton() {
  return (
    <div className="flex flex-col gap-4">
      <Skeleton className="h-[86px] rounded-lg" />
      <div className="grid gap-4 lg:grid-cols-3">
        <Skeleton className="h-72 rounded-lg lg:col-span-2" />
        <Skeleton className="h-72 rounded-lg" />
        <Skeleton className="h-56 rounded-lg lg:col-span-2" />
        <Skeleton className="h-56 rounded-lg" />
      </div>
    </div>
  )
}
