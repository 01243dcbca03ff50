import { useQuery } from '@tanstack/react-query'
import { ScanSearch } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import { Button } from '@/components/ui/button'
import { Time } from '@/components/ui/time'
import { isRunning, type Sweep, sweepQuery, useSweep } from '@/features/duplicates/use-sweep'
import { useCan } from '@/hooks/use-can'
import { useOnce } from '@/hooks/use-once'
import { formatNumber } from '@/utils/format'

/** Has all leads looked through again. */
export function SweepButton() {
  const { t } = useTranslation()
  const can = useCan()
  const once = useOnce()
  const last = useQuery({ ...sweepQuery, enabled: can('duplicates.swept') })
  const sweep = useSweep()
  if (!can('duplicates.sweep')) return null
  return (
    <Button
      icon={<ScanSearch />}
      iconOnPhone
      busy={sweep.isPending}
      disabled={isRunning(last.data)}
      onClick={once(() => sweep.mutateAsync().catch(() => undefined))}
    >
      {t('duplicate.sweep.start')}
    </Button>
  )
}

/** What the last look through all leads did, or how far it is. */
export function SweepLine() {
  const can = useCan()
  const last = useQuery({ ...sweepQuery, enabled: can('duplicates.swept') })
  if (!last.data) return null
  return (
    <div className="num flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1 text-xs text-ink-3">
      <Words sweep={last.data} />
    </div>
  )
}

function Words({ sweep }: { sweep: Sweep }) {
  const { t } = useTranslation()
  if (sweep.status === 'queued') return t('duplicate.sweep.queued')
  if (sweep.status === 'failed') {
    return (
      <span className="break-words text-bad">
        {t('duplicate.sweep.failed')} {sweep.error}
      </span>
    )
  }
  const found = t('duplicate.sweep.found', { count: sweep.found, n: formatNumber(sweep.found) })
  if (sweep.status === 'finished') {
    return (
      <span>
        {t('duplicate.sweep.finished')} <Time iso={sweep.finished_at} /> · {found}
      </span>
    )
  }
  const counted = sweep.total > 0
  return (
    <>
      <span>
        {t(`duplicate.sweep.${sweep.phase}`)}
        {counted &&
          ` ${t('ui.ofTotal', { part: formatNumber(sweep.done), total: formatNumber(sweep.total) })}`}
        {' · '}
        {found}
      </span>
      <progress
        aria-label={t(`duplicate.sweep.${sweep.phase}`)}
        max={counted ? sweep.total : undefined}
        value={counted ? sweep.done : undefined}
        className="h-1.5 w-32 accent-accent"
      />
    </>
  )
}
