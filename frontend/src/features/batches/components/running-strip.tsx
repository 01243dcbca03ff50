import { Pause } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import type { Batch } from '@/api/contract'
import { IconButton } from '@/components/ui/button'
import { progressOf } from '@/features/batches/progress'
import { isActive, useBatchAction } from '@/features/batches/queries'
import { formatMoney, formatNumber, formatPercent } from '@/utils/format'

interface RunningStripProps {
  batches: Batch[]
  compact?: boolean
}

/** The batch that runs now, small: how far, what it cost, and pause. */
export function RunningStrip({ batches, compact }: RunningStripProps) {
  const batch = batches.find(isActive)
  if (!batch) return null
  return compact ? <Ring batch={batch} /> : <Strip batch={batch} />
}

function Ring({ batch }: { batch: Batch }) {
  const { part } = progressOf(batch)
  return (
    <Link
      to={`/batches/${batch.id}`}
      className="num flex h-8 items-center justify-center rounded-md text-2xs hover:bg-hover"
    >
      {formatPercent(part, 1)}
    </Link>
  )
}

function Strip({ batch }: { batch: Batch }) {
  const { t } = useTranslation()
  const action = useBatchAction(batch.id)
  const { finished, part } = progressOf(batch)
  return (
    <div className="border-line bg-surface px-3 py-2 max-sm:border-b sm:rounded-md sm:border">
      <div className="flex items-center gap-1">
        <Link
          to={`/batches/${batch.id}`}
          className="min-w-0 flex-1 truncate text-xs font-medium hover:underline"
        >
          {batch.name || t('batch.unnamed')}
        </Link>
        <IconButton
          label={t('batch.pause')}
          disabled={action.isPending}
          onClick={() => action.mutate('pause')}
          className="-my-1 size-6"
        >
          <Pause />
        </IconButton>
      </div>
      <div
        role="progressbar"
        aria-label={batch.name || t('batch.unnamed')}
        aria-valuenow={Math.round(part * 100)}
        className="mt-1.5 h-1 overflow-hidden rounded-full bg-line"
      >
        <div
          className="h-full bg-accent transition-[width] duration-150"
          style={{ width: `${part * 100}%` }}
        />
      </div>
      <p className="num mt-1 flex justify-between text-2xs text-ink-2">
        <span>
          {formatNumber(finished)} / {formatNumber(batch.total)}
        </span>
        <span>{formatMoney(batch.cost_micros, batch.currency)}</span>
      </p>
    </div>
  )
}
