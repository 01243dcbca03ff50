import { useTranslation } from 'react-i18next'

import type { Batch } from '@/api/contract'
import { progressOf } from '@/features/batches/progress'
import { cn } from '@/utils/cn'

/** One bar that hides nothing: analysed, from the cache, failed and skipped, to scale. */
export function HonestBar({ batch, thin }: { batch: Batch; thin?: boolean }) {
  const { t } = useTranslation()
  const { part, fresh, cached, failed, skipped } = progressOf(batch)
  const pieces = [
    [fresh, 'bg-accent', t('batch.fresh')],
    [cached, 'bg-part-specificity', t('batch.cached')],
    [failed, 'bg-bad', t('batch.failed')],
    [skipped, 'bg-part-other', t('batch.skipped')],
  ] as const
  return (
    <span
      role="progressbar"
      aria-label={batch.name || t('batch.progress')}
      aria-valuenow={Math.round(part * 100)}
      className={cn('flex overflow-hidden bg-line', thin ? 'h-1.5 rounded-full' : 'h-5 rounded-md')}
    >
      {pieces.map(([share, colour, name]) => (
        <span
          key={name}
          title={name}
          style={{ width: `${share * 100}%` }}
          className={cn('h-full transition-[width] duration-150', colour)}
        />
      ))}
    </span>
  )
}
