import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { SkeletonLines } from '@/components/ui/skeleton'
import { type Fate, rowsQuery } from '@/features/imports/queries'

interface RowsDialogProps {
  importId: string
  /** Which rows to show; null closes the dialog. */
  fate: Fate | null
  onClose: () => void
}

/** The rows of an import that met one fate, each with its reason and its lead. */
export function RowsDialog({ importId, fate, onClose }: RowsDialogProps) {
  const { t } = useTranslation()
  return (
    <Dialog
      wide
      open={fate !== null}
      onClose={onClose}
      title={fate ? t(`import.class.${fate}`) : ''}
      closeLabel={t('common.close')}
    >
      {fate && <RowList importId={importId} fate={fate} />}
    </Dialog>
  )
}

function RowList({ importId, fate }: { importId: string; fate: Fate }) {
  const { t } = useTranslation()
  const rows = useInfiniteQuery(rowsQuery(importId, fate))
  if (rows.error) {
    return <ErrorState problem={toProblem(rows.error)} onRetry={() => void rows.refetch()} />
  }
  if (!rows.data) return <SkeletonLines lines={6} />
  const items = rows.data.pages.flatMap((page) => page.items)
  if (items.length === 0) return <p className="text-sm text-ink-2">{t('import.rowsLater')}</p>
  return (
    <>
      <ol className="flex flex-col">
        {items.map((item) => (
          <li
            key={`${item.row}:${item.column}`}
            className="flex items-baseline gap-3 border-line py-1.5 text-sm not-last:border-b"
          >
            <span className="num w-20 shrink-0 text-ink-2">
              {t('import.rowNumber', { n: item.row })}
            </span>
            <span className="min-w-0 flex-1 break-words">
              {item.column && <span className="font-medium">{item.column}: </span>}
              {item.reason}
            </span>
            {item.lead_id && (
              <Link to={`/leads/${item.lead_id}`} className="text-accent-text hover:underline">
                {t('import.openLead')}
              </Link>
            )}
          </li>
        ))}
      </ol>
      {rows.hasNextPage && (
        <Button
          className="mt-3"
          busy={rows.isFetchingNextPage}
          onClick={() => void rows.fetchNextPage()}
        >
          {t('common.more')}
        </Button>
      )}
    </>
  )
}
