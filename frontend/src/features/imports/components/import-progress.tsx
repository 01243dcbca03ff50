import { useTranslation } from 'react-i18next'

import type { Import } from '@/api/contract'
import { FateBar } from '@/features/imports/components/fate-bar'
import { paceOf, seenRows } from '@/features/imports/fate'
import { useNow } from '@/hooks/use-now'
import { formatDuration, formatNumber, formatPercent } from '@/utils/format'

/** How far a running import is, how quick, and how long the rest takes. */
export function ImportProgress({ item }: { item: Import }) {
  const { t } = useTranslation()
  const now = useNow(1000)
  const undoing = item.status === 'undoing'
  const seen = undoing ? item.removed + item.put_back + item.kept : seenRows(item)
  const total = undoing ? item.created + item.updated : item.rows_total
  const { rate, secondsLeft } = paceOf(item, now)
  const part = Math.min(1, seen / Math.max(1, total))
  return (
    <div
      role="progressbar"
      aria-label={t(undoing ? 'import.undoing' : 'import.running')}
      aria-valuenow={Math.round(part * 100)}
      className="mb-4"
    >
      <div className="mb-1.5 flex flex-wrap items-baseline gap-x-3">
        <span className="num text-2xl font-semibold">{formatPercent(part, 1)}</span>
        <span className="num text-sm text-ink-2">
          {t('import.rowsOf', { n: formatNumber(seen), total: formatNumber(total) })}
        </span>
        <span className="num ms-auto text-sm text-ink-2">
          {item.status !== 'running'
            ? t(`import.state.${item.status}`)
            : [
                rate !== null && t('import.rate', { n: formatNumber(Math.round(rate)) }),
                secondsLeft !== null && t('import.eta', { time: formatDuration(secondsLeft) }),
              ]
                .filter(Boolean)
                .join(' · ')}
        </span>
      </div>
      {!undoing && <FateBar item={item} thick />}
      <p className="mt-2 text-xs text-ink-2">{t(undoing ? 'import.leaveUndo' : 'import.leave')}</p>
    </div>
  )
}
