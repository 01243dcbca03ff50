import { useTranslation } from 'react-i18next'

import type { Import } from '@/api/contract'
import { type Fate, FATE_FILL, FATE_INK, FATES } from '@/features/imports/fate'
import { cn } from '@/utils/cn'
import { formatNumber } from '@/utils/format'

interface FateTilesProps {
  item: Import
  /** The class whose rows are shown below. */
  open: Fate | null
  onOpen: (fate: Fate) => void
}

/** The rows of a file by what becomes of them; each class opens its rows. */
export function FateTiles({ item, open, onOpen }: FateTilesProps) {
  const { t } = useTranslation()
  return (
    <ul className="grid grid-cols-2 gap-px overflow-hidden rounded-md border border-line bg-line sm:grid-cols-5">
      {FATES.map((fate) => (
        <li key={fate} className="bg-surface max-sm:last:col-span-2">
          <button
            type="button"
            disabled={item[fate] === 0}
            aria-pressed={open === fate}
            onClick={() => onOpen(fate)}
            className={cn(
              'relative flex h-full w-full flex-col items-start px-3 py-2.5 text-start transition-colors duration-100 not-disabled:hover:bg-hover',
              open === fate && 'bg-selected',
            )}
          >
            <span className="block text-xs font-medium">{t(`import.class.${fate}`)}</span>
            <span
              className={cn(
                'num block text-xl font-semibold',
                item[fate] > 0 ? FATE_INK[fate] : 'text-ink-3',
              )}
            >
              {formatNumber(item[fate])}
            </span>
            <span className="block text-xs text-ink-2">
              {t(
                item.status === 'previewed'
                  ? `import.classNote.${fate}`
                  : `import.doneNote.${fate}`,
              )}
            </span>
            {open === fate && (
              <span
                aria-hidden
                className={cn('absolute inset-x-0 bottom-0 h-0.5', FATE_FILL[fate])}
              />
            )}
          </button>
        </li>
      ))}
    </ul>
  )
}
