import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import type { Quality } from '@/api/contract'
import { toProblem } from '@/api/problem'
import { EmptyState } from '@/components/feedback/empty-state'
import { ErrorState } from '@/components/feedback/error-state'
import { Panel } from '@/components/layout/panel'
import { ButtonLink } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/skeleton'
import { SourceQuality } from '@/features/quality/components/source-quality'
import { leadsHref } from '@/features/quality/mend'
import { qualityQuery } from '@/features/quality/queries'
import { formatNumber, formatPercent } from '@/utils/format'

/** What the leads lack: each figure opens the leads behind it, to be mended. */
export function QualityView() {
  const { t } = useTranslation()
  const query = useQuery(qualityQuery)
  if (query.error && !query.data) {
    return <ErrorState problem={toProblem(query.error)} onRetry={() => void query.refetch()} />
  }
  if (!query.data) {
    return (
      <div aria-hidden className="mx-auto grid max-w-[1600px] gap-4 lg:grid-cols-2">
        <div className="grid gap-4 sm:grid-cols-2">
          <Skeleton className="h-41 rounded-lg sm:col-span-2" />
          <Skeleton className="h-31 rounded-lg" />
          <Skeleton className="h-31 rounded-lg" />
        </div>
        <Skeleton className="h-76 rounded-lg" />
        <Skeleton className="h-36 rounded-lg lg:col-span-2" />
      </div>
    )
  }
  const quality = query.data
  if (quality.leads === 0) {
    return (
      <EmptyState
        title={t('quality.none')}
        body={t('quality.noneBody')}
        action={
          <ButtonLink to="/imports/new" variant="primary">
            {t('quality.import')}
          </ButtonLink>
        }
      />
    )
  }
  return (
    <div className="mx-auto flex max-w-[1600px] flex-col gap-4">
      <div className="grid gap-4 lg:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-4">
          <Checks kind="reach" quality={quality} note={t('quality.reachNote')} />
          <div className="grid flex-1 gap-4 sm:grid-cols-2">
            <Checks kind="fresh" quality={quality} />
            <Checks kind="work" quality={quality} />
          </div>
        </div>
        <Checks kind="complete" quality={quality} note={t('quality.completeNote')} />
      </div>
      <Panel title={t('quality.bySource')} note={t('quality.bySourceNote')} flush>
        <SourceQuality quality={quality} />
      </Panel>
    </div>
  )
}

interface ChecksProps {
  kind: 'reach' | 'complete' | 'fresh' | 'work'
  quality: Quality
  note?: string
}

function Checks({ kind, quality, note }: ChecksProps) {
  const { t } = useTranslation()
  const checks = quality.checks.filter((check) => check.kind === kind)
  return (
    <Panel title={t(`quality.kind.${kind}`)} note={note}>
      <ul className="flex flex-col gap-2.5">
        {checks.map((check) => (
          <li
            key={check.key}
            className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-3"
          >
            {check.count > 0 ? (
              <Link
                to={leadsHref(check.filter)}
                className="text-sm hover:underline pointer-coarse:py-2.5"
              >
                {t(`quality.check.${check.key}`)}
              </Link>
            ) : (
              <span className="text-sm text-ink-2 pointer-coarse:py-2.5">
                {t(`quality.check.${check.key}`)}
              </span>
            )}
            <span className="num text-sm">
              {formatNumber(check.count)}{' '}
              <span className="text-xs text-ink-3">
                {formatPercent(check.count, quality.leads)}
              </span>
            </span>
            <span aria-hidden className="col-span-2 mt-1 h-1.5 rounded-full bg-line">
              <span
                className="block h-full rounded-full bg-accent"
                style={{ width: `${(100 * check.count) / quality.leads}%` }}
              />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
