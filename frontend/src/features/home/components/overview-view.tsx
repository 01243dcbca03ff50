import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import type { Overview } from '@/api/contract'
import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { EventList } from '@/components/feedback/event-list'
import { Panel } from '@/components/layout/panel'
import { Skeleton } from '@/components/ui/skeleton'
import { GradeBars } from '@/features/home/components/grade-bars'
import { SourceTable } from '@/features/home/components/source-table'
import { TrendChart } from '@/features/home/components/trend-chart'
import { overviewQuery } from '@/features/home/queries'
import { formatMoney, formatNumber, formatPercent } from '@/utils/format'

const PLACES: Record<string, string> = { lead: '/leads', batch: '/batches', import: '/imports' }

/** The numbers of the workspace. Each leads to the rows behind it. */
export function OverviewView({ checklist }: { checklist: (overview: Overview) => ReactNode }) {
  const { t } = useTranslation()
  const overview = useQuery(overviewQuery)
  if (overview.error) {
    return (
      <ErrorState problem={toProblem(overview.error)} onRetry={() => void overview.refetch()} />
    )
  }
  if (!overview.data) return <OverviewSkeleton />
  const data = overview.data
  const { numerator, denominator } = data.qualified_rate
  return (
    <div className="flex flex-col gap-4">
      {checklist(data)}
      <dl className="num grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-line bg-line lg:grid-cols-4">
        <Tile
          to="/leads"
          label={t('home.leads')}
          value={formatNumber(data.leads_total)}
          note={t('home.new7', { n: formatNumber(data.leads_new_7d) })}
        />
        <Tile to="/batches" label={t('home.analyzed')} value={formatNumber(data.analyzed)} />
        <Tile
          to="/leads?status=qualified"
          label={t('home.qualified')}
          value={formatNumber(data.qualified)}
          note={t('home.rate', { rate: formatPercent(numerator, denominator) })}
        />
        <Tile
          to="/settings/budgets"
          label={t('home.cost')}
          value={formatMoney(data.cost_micros_month)}
          note={t('home.costNote')}
        />
      </dl>
      <div className="grid gap-4 lg:grid-cols-3">
        <Panel title={t('home.grades')}>
          <GradeBars grades={data.grades} />
        </Panel>
        <TrendChart trend={data.trend ?? []} className="lg:col-span-2" />
        <Panel title={t('home.sources')} className="lg:col-span-2" flush>
          <SourceTable sources={data.sources ?? []} />
        </Panel>
        <Panel title={t('home.recent')}>
          <EventList
            events={data.recent ?? []}
            empty={t('home.recentNone')}
            href={({ kind, id }) => (PLACES[kind] ? `${PLACES[kind]}/${id}` : null)}
          />
        </Panel>
      </div>
    </div>
  )
}

interface TileProps {
  to: string
  label: string
  value: string
  note?: string
}

function Tile({ to, label, value, note }: TileProps) {
  return (
    <div className="relative bg-surface px-4 py-3 hover:bg-hover">
      <dt className="text-xs text-ink-2">
        <Link to={to} className="after:absolute after:inset-0">
          {label}
        </Link>
      </dt>
      <dd className="text-2xl font-semibold">{value}</dd>
      <dd className="min-h-4 text-xs text-ink-3">{note}</dd>
    </div>
  )
}

function OverviewSkeleton() {
  return (
    <div className="flex flex-col gap-4">
      <Skeleton className="h-24 rounded-lg" />
      <div className="grid gap-4 lg:grid-cols-3">
        <Skeleton className="h-56 rounded-lg" />
        <Skeleton className="h-56 rounded-lg lg:col-span-2" />
      </div>
    </div>
  )
}
