import { Pause, Play } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import type { Batch } from '@/api/contract'
import { Panel } from '@/components/layout/panel'
import { IconButton } from '@/components/ui/button'
import { HonestBar } from '@/features/batches/components/honest-bar'
import { progressOf } from '@/features/batches/progress'
import { isActive, useBatchAction } from '@/features/batches/queries'
import { useCan } from '@/hooks/use-can'
import { useOnce } from '@/hooks/use-once'
import { formatDuration, formatMoney, formatNumber } from '@/utils/format'

const MOST = 5

/** The batches that are not over, each with its bar and a way to hold it. */
export function RunningBatches({ batches }: { batches: Batch[] }) {
  const { t } = useTranslation()
  return (
    <Panel title={t('batch.open')} note={formatNumber(batches.length)} flush>
      <ul>
        {batches.slice(0, MOST).map((batch) => (
          <RunningRow key={batch.id} batch={batch} />
        ))}
      </ul>
      {batches.length > MOST && (
        <Link
          to="/batches"
          className="block border-t border-line px-4 py-2 text-sm text-accent-text hover:underline"
        >
          {t('batch.openAll')}
        </Link>
      )}
    </Panel>
  )
}

function RunningRow({ batch }: { batch: Batch }) {
  const { t } = useTranslation()
  const can = useCan()
  const action = useBatchAction(batch.id)
  const once = useOnce()
  const active = isActive(batch)
  const { finished } = progressOf(batch)
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 border-line px-4 py-2 not-last:border-b sm:grid-cols-[minmax(0,1fr)_minmax(0,1.2fr)_16rem_2rem]">
      <Link
        to={`/batches/${batch.id}`}
        dir="auto"
        title={batch.name}
        className="truncate font-medium hover:underline"
      >
        {batch.name || t('batch.unnamed')}
      </Link>
      <span className="max-sm:order-last max-sm:col-span-2">
        <HonestBar batch={batch} thin />
      </span>
      <span className="num truncate text-end text-xs text-ink-2 max-sm:hidden">
        {[
          `${formatNumber(finished)} / ${formatNumber(batch.total)}`,
          active &&
            batch.eta_s !== null &&
            t('batch.etaLeft', { time: formatDuration(batch.eta_s) }),
          !active && t(`batch.state.${batch.status}`),
          formatMoney(batch.cost_micros, batch.currency),
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
      {can(active ? 'batches.pause' : 'batches.resume') ? (
        <IconButton
          label={active ? t('batch.pause') : t('batch.resume')}
          disabled={action.isPending}
          onClick={once(() =>
            action.mutateAsync(active ? 'pause' : 'resume').catch(() => undefined),
          )}
        >
          {active ? <Pause /> : <Play />}
        </IconButton>
      ) : (
        <span />
      )}
    </li>
  )
}
