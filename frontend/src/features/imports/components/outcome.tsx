import { AlertTriangle, Download } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Import } from '@/api/contract'
import { cn } from '@/utils/cn'
import { formatNumber } from '@/utils/format'
import { RowsDialog } from '@/features/imports/components/rows-dialog'
import { type Fate, rejectsHref } from '@/features/imports/queries'

const CLASSES = ['created', 'updated', 'unchanged', 'duplicate', 'rejected'] as const

const INK = {
  created: 'text-good',
  updated: 'text-accent-text',
  unchanged: 'text-ink-2',
  duplicate: 'text-ink-2',
  rejected: 'text-bad',
}

/** The rows of an import by what became of them, or would become of them. */
export function Outcome({ item }: { item: Import }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<Fate | null>(null)
  return (
    <div className="flex flex-col gap-3">
      <RowsDialog importId={item.id} fate={open} onClose={() => setOpen(null)} />
      <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-md border border-line bg-line sm:grid-cols-5">
        {CLASSES.map((each) => (
          <div key={each} className="bg-surface px-3 py-2.5 max-sm:last:col-span-2">
            <dt className="text-xs font-medium">{t(`import.class.${each}`)}</dt>
            <dd
              className={cn('num text-xl font-semibold', item[each] > 0 ? INK[each] : 'text-ink-3')}
            >
              {item[each] > 0 && item.status === 'finished' ? (
                <button
                  type="button"
                  onClick={() => setOpen(each)}
                  className="underline decoration-line-strong underline-offset-4 hover:decoration-current"
                >
                  {formatNumber(item[each])}
                  <span className="sr-only"> {t('import.openRows')}</span>
                </button>
              ) : (
                formatNumber(item[each])
              )}
            </dd>
            <dd className="text-xs text-ink-3">{t(`import.classNote.${each}`)}</dd>
          </div>
        ))}
      </dl>
      {!!item.warnings?.length && (
        <div className="rounded-md border border-warn/30 bg-warn-soft px-3 py-2.5">
          <p className="flex items-center gap-2 text-sm font-medium">
            <AlertTriangle aria-hidden className="size-4 text-warn" />
            {t('import.warnings')}
          </p>
          <ul className="mt-1 list-disc pl-9 text-sm text-ink-2">
            {item.warnings.map((warning) => (
              <li key={warning.code + warning.column}>
                {warning.column && <span className="font-medium">{warning.column}: </span>}
                {warning.message}{' '}
                <span className="num text-ink-3">
                  {t('import.warningRows', {
                    count: warning.count,
                    n: formatNumber(warning.count),
                  })}
                </span>
              </li>
            ))}
          </ul>
        </div>
      )}
      {item.rejected > 0 && (
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-ink-2">
          <a
            href={rejectsHref(item.id)}
            download
            className="inline-flex items-center gap-1.5 font-medium text-accent-text hover:underline"
          >
            <Download aria-hidden className="size-4" />
            {t('import.rejects')}
          </a>
          {t('import.rejectsNote')}
        </p>
      )}
    </div>
  )
}
