import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { Button } from '@/components/ui/button'
import { SkeletonLines } from '@/components/ui/skeleton'
import type { Fate } from '@/features/imports/fate'
import { rowsQuery } from '@/features/imports/queries'
import { formatNumber } from '@/utils/format'

/** The rows of an import that met one fate, each with its reason and its lead. */
export function FateRows({ importId, fate }: { importId: string; fate: Fate }) {
  const { t } = useTranslation()
  const rows = useInfiniteQuery(rowsQuery(importId, fate))
  if (rows.error) {
    return (
      <ErrorState
        problem={toProblem(rows.error)}
        onRetry={() => void rows.refetch()}
        className="mt-3"
      />
    )
  }
  if (!rows.data) return <SkeletonLines lines={6} className="mt-3" />
  const items = rows.data.pages.flatMap((page) => page.items)
  if (items.length === 0) return <p className="mt-3 text-sm text-ink-2">{t('import.rowsLater')}</p>
  return (
    <div className="mt-3 max-h-96 overflow-y-auto rounded-md border border-line" tabIndex={0}>
      <ol aria-label={t(`import.class.${fate}`)}>
        {items.map((item) => (
          <li
            key={item.row}
            className="flex items-baseline gap-3 border-b border-line px-3 py-1.5 text-sm"
          >
            <span className="num w-20 shrink-0 text-xs text-ink-3">
              {t('import.rowNumber', { n: formatNumber(item.row) })}
            </span>
            <span className="min-w-0 flex-1 break-words">
              {item.column && <span className="font-medium">{item.column}: </span>}
              {item.reason || t(`import.fateNote.${fate}`)}
            </span>
            {item.undone && (
              <span className="shrink-0 text-xs text-ink-2">
                {t(`import.does.${item.undone}`)}
                {item.undone_why && `: ${t(`import.why.${item.undone_why}`)}`}
              </span>
            )}
            {item.lead_id && (
              <Link
                to={`/leads/${item.lead_id}`}
                className="shrink-0 text-accent-text hover:underline"
              >
                {t('import.openLead')}
              </Link>
            )}
          </li>
        ))}
      </ol>
      {rows.hasNextPage && (
        <Button
          size="sm"
          variant="ghost"
          className="m-1.5"
          busy={rows.isFetchingNextPage}
          onClick={() => void rows.fetchNextPage()}
        >
          {t('common.more')}
        </Button>
      )}
    </div>
  )
}
