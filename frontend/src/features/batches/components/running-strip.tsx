import { Pause, Play } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import type { Batch } from '@/api/contract'
import { IconButton } from '@/components/ui/button'
import { HonestBar } from '@/features/batches/components/honest-bar'
import { progressOf } from '@/features/batches/progress'
import { isActive, useBatchAction } from '@/features/batches/queries'
import { isOpen } from '@/features/batches/sort-batches'
import { useCan } from '@/hooks/use-can'
import { useOnce } from '@/hooks/use-once'
import { formatMoney, formatNumber, formatPercent } from '@/utils/format'

interface RunningStripProps {
  batches: Batch[]
  compact?: boolean
}

/** The batch that runs now (else one that was paused), small: how far, what it cost, and pause. */
export function RunningStrip({ batches, compact }: RunningStripProps) {
  const open = batches.filter(isOpen)
  const batch = open.find(isActive) ?? open[0]
  if (!batch) return null
  return compact ? <Ring batch={batch} /> : <Strip batch={batch} others={open.length - 1} />
}

function Ring({ batch }: { batch: Batch }) {
  const { t } = useTranslation()
  const { part } = progressOf(batch)
  const name = batch.name || t('batch.unnamed')
  return (
    <Link
      to={`/batches/${batch.id}`}
      title={name}
      aria-label={`${name}: ${formatPercent(part, 1)}`}
      className="num flex h-8 items-center justify-center rounded-md text-2xs hover:bg-hover"
    >
      {formatPercent(part, 1)}
    </Link>
  )
}

function Strip({ batch, others }: { batch: Batch; others: number }) {
  const { t } = useTranslation()
  const can = useCan()
  const action = useBatchAction(batch.id)
  const once = useOnce()
  const active = isActive(batch)
  const { finished } = progressOf(batch)
  return (
    <div className="border-line bg-surface px-3 py-2 max-sm:border-b sm:rounded-md sm:border">
      <div className="flex items-center gap-1">
        <Link
          to={`/batches/${batch.id}`}
          dir="auto"
          title={batch.name}
          className="min-w-0 flex-1 truncate text-xs font-medium hover:underline"
        >
          {batch.name || t('batch.unnamed')}
        </Link>
        {can(active ? 'batches.pause' : 'batches.resume') && (
          <IconButton
            label={active ? t('batch.pause') : t('batch.resume')}
            disabled={action.isPending}
            onClick={once(() =>
              action.mutateAsync(active ? 'pause' : 'resume').catch(() => undefined),
            )}
            className="-my-1 size-6"
          >
            {active ? <Pause /> : <Play />}
          </IconButton>
        )}
      </div>
      <div className="mt-1.5">
        <HonestBar batch={batch} thin />
      </div>
      <p className="num mt-1 flex justify-between gap-2 text-2xs text-ink-2">
        <span className="truncate">
          {active ? '' : `${t(`batch.state.${batch.status}`)} · `}
          {formatNumber(finished)} / {formatNumber(batch.total)}
        </span>
        <span>{formatMoney(batch.cost_micros, batch.currency)}</span>
      </p>
      {others > 0 && (
        <Link to="/batches" className="num block text-2xs text-ink-2 hover:underline">
          {t('batch.others', { count: others })}
        </Link>
      )}
    </div>
  )
}
