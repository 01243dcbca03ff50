import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import type { ImportUndoRow } from '@/api/contract'
import { Button } from '@/components/ui/button'
import { fieldName } from '@/features/imports/fields'
import { cn } from '@/utils/cn'
import { formatNumber } from '@/utils/format'

interface UndoRowsProps {
  rows: ImportUndoRow[]
  more: boolean
  busy: boolean
  onMore: () => void
}

/** What becomes of each row when an import is undone. */
export function UndoRows({ rows, more, busy, onMore }: UndoRowsProps) {
  const { t } = useTranslation()
  if (rows.length === 0) return null
  return (
    <div className="mt-3 max-h-72 overflow-y-auto rounded-md border border-line" tabIndex={0}>
      <ol aria-label={t('import.undoRows')}>
        {rows.map((row) => (
          <UndoRow key={row.row} row={row} />
        ))}
      </ol>
      {more && (
        <Button size="sm" variant="ghost" className="m-1.5" busy={busy} onClick={onMore}>
          {t('common.more')}
        </Button>
      )}
    </div>
  )
}

function UndoRow({ row }: { row: ImportUndoRow }) {
  const { t } = useTranslation()
  const notes = [
    row.why && t(`import.why.${row.why}`),
    row.fields.length > 0 && t('import.fieldsBack', { fields: names(row.fields) }),
    row.stays.length > 0 && t('import.fieldsStay', { fields: names(row.stays) }),
  ].filter(Boolean)
  return (
    <li className="border-line px-3 py-1.5 text-sm not-last:border-b">
      <div className="flex items-baseline gap-3">
        <span className="num w-16 shrink-0 text-xs text-ink-3">
          {t('import.rowNumber', { n: formatNumber(row.row) })}
        </span>
        <Link
          to={`/leads/${row.lead_id}`}
          dir="auto"
          className="min-w-0 flex-1 truncate hover:underline"
        >
          {row.name || '–'}
        </Link>
        <span
          className={cn(
            'shrink-0 text-xs',
            row.does === 'kept' || row.does === 'partly' ? 'text-warn' : 'text-ink-2',
          )}
        >
          {t(`import.does.${row.does}`)}
        </span>
      </div>
      {notes.length > 0 && (
        <p className="ps-[76px] text-xs break-words text-ink-2">{notes.join(' · ')}</p>
      )}
    </li>
  )
}

function names(fields: string[]): string {
  return fields.map(fieldName).join(', ')
}
