import { useTranslation } from 'react-i18next'

import type { Import } from '@/api/contract'
import { FATE_FILL, FATES, seenRows } from '@/features/imports/fate'
import { cn } from '@/utils/cn'
import { formatNumber } from '@/utils/format'

/** The fates of an import's rows, to scale. */
export function FateBar({ item, thick }: { item: Import; thick?: boolean }) {
  const { t } = useTranslation()
  const total = Math.max(1, item.rows_total, seenRows(item))
  const told = FATES.filter((fate) => item[fate] > 0)
    .map((fate) => `${formatNumber(item[fate])} ${t(`import.class.${fate}`).toLowerCase()}`)
    .join(', ')
  return (
    <span
      role="img"
      aria-label={told || t('import.noRowsYet')}
      title={told}
      className={cn('flex overflow-hidden rounded-full bg-line', thick ? 'h-3' : 'h-1.5')}
    >
      {FATES.map((fate) => (
        <span
          key={fate}
          style={{ width: `${(100 * item[fate]) / total}%` }}
          className={cn('h-full transition-[width] duration-150', FATE_FILL[fate])}
        />
      ))}
    </span>
  )
}
