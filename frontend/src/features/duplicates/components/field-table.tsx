import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { type Cell, choosable, type Row } from '@/features/duplicates/compare'
import { fieldName, type Say } from '@/features/duplicates/field-words'
import { cn } from '@/utils/cn'

interface FieldTableProps {
  label: string
  leads: readonly { id: string; head: ReactNode; name: string }[]
  rows: readonly Row[]
  say: Say
  /** Takes a value by hand; undefined where the viewer decides nothing. */
  onPick?: (field: string, leadId: string) => void
  /** What stands under a field's name. */
  note?: (row: Row) => ReactNode
}

/** Leads side by side, field by field: equal values quiet, differing ones marked, the one that stays checked. */
export function FieldTable({ label, leads, rows, say, onPick, note }: FieldTableProps) {
  const { t } = useTranslation()
  return (
    <div className="scroll-x rounded-lg border border-line">
      <table
        aria-label={label}
        className="w-full table-fixed border-collapse text-sm max-md:block"
        style={leads.length > 2 ? { minWidth: 160 + leads.length * 180 } : undefined}
      >
        <colgroup>
          <col className={note ? 'w-40' : 'w-32'} />
          {leads.map(({ id }) => (
            <col key={id} />
          ))}
        </colgroup>
        <thead className={leads.length > 2 ? '' : 'max-md:block'}>
          <tr className={cn('border-b border-line align-top', leads.length === 2 && STACKED)}>
            <td className={leads.length === 2 ? 'max-md:hidden' : ''} />
            {leads.map(({ id, head }) => (
              <th key={id} scope="col" className="border-s border-line p-0 text-start font-normal">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className={leads.length > 2 ? '' : 'max-md:block'}>
          {rows.map((row) => (
            <tr
              key={row.field}
              className={cn(
                'border-b border-line align-top last:border-b-0',
                row.kind === 'clash' && 'bg-warn-soft/40',
                leads.length === 2 && STACKED,
              )}
            >
              <th
                scope="row"
                className="px-3 py-2 text-start text-xs/5 font-normal break-words text-ink-3 max-md:col-span-2 max-md:pb-0"
              >
                {fieldName(t, row.field)}{' '}
                {row.kind === 'clash' && (
                  <span className="text-warn">{t('duplicate.differs')}</span>
                )}
                {note?.(row)}
              </th>
              {leads.map((lead) => (
                <td
                  key={lead.id}
                  className="h-px border-s border-line p-0 max-md:h-auto max-md:first-of-type:border-s-0"
                >
                  <Value
                    row={row}
                    cell={row.cells[lead.id]}
                    lead={lead}
                    say={say}
                    onPick={onPick}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const STACKED = 'max-md:grid max-md:grid-cols-2'
const CELL = 'block h-full w-full min-w-0 px-3 py-2 text-start'

interface ValueProps {
  row: Row
  cell: Cell | undefined
  lead: { id: string; name: string }
  say: Say
  onPick?: (field: string, leadId: string) => void
}

function Value({ row, cell, lead, say, onPick }: ValueProps) {
  const { t } = useTranslation()
  if (!cell) return <span className={cn(CELL, 'text-ink-3')}>–</span>
  const stays = row.from === lead.id
  const text = (
    <span
      dir="auto"
      className={cn('min-w-0 flex-1 break-words', row.field === 'content' && 'line-clamp-6')}
    >
      {say(row.field, cell.value)}
    </span>
  )
  if (row.kind !== 'clash' || !choosable(row.field) || !onPick) {
    return (
      <span className={cn(CELL, 'flex gap-1.5', row.kind === 'same' && 'text-ink-3')}>
        {text}
        {row.kind === 'clash' && stays && <Stays />}
      </span>
    )
  }
  return (
    <button
      type="button"
      aria-pressed={stays}
      title={cell.source ? t('lead.from', { source: cell.source }) : undefined}
      onClick={() => onPick(row.field, lead.id)}
      className={cn(
        CELL,
        'flex gap-1.5 hover:bg-hover focus-visible:-outline-offset-2 pointer-coarse:min-h-11',
        stays ? 'bg-selected font-medium' : row.from && 'text-ink-2',
      )}
    >
      {text}
      {stays && <Stays />}
      <span className="sr-only">
        {t('duplicate.takeFrom', { field: fieldName(t, row.field), name: lead.name })}
      </span>
    </button>
  )
}

function Stays() {
  const { t } = useTranslation()
  return (
    <span className="mt-0.5 shrink-0 text-accent-text">
      <Check aria-hidden className="size-3.5" />
      <span className="sr-only">{t('duplicate.stays')}</span>
    </span>
  )
}
