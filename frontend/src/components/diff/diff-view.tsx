import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { type DiffRow, diffRows, foldRows, type Span } from '@/components/diff/diff-rows'
import { Button } from '@/components/ui/button'
import { Segmented } from '@/components/ui/segmented'
import { useMedia } from '@/hooks/use-media'
import { cn } from '@/utils/cn'

export interface TextDiffProps {
  before: string
  after: string
  /** What is compared, for screen readers. */
  label: string
  beforeLabel?: string
  afterLabel?: string
}

/** A diff in one column or side by side; on a phone always in one. */
export function DiffView({ before, after, label, beforeLabel, afterLabel }: TextDiffProps) {
  const { t } = useTranslation()
  const wide = useMedia('(min-width: 768px)')
  const [sides, setSides] = useState<'one' | 'two'>('one')
  const rows = useMemo(() => diffRows(before, after), [before, after])
  const count = (kind: 'added' | 'removed') =>
    rows.filter((row) => row.kind === kind || row.kind === 'changed').length

  if (!rows.some((row) => row.kind !== 'same')) {
    return <p className="text-sm text-ink-2">{t('ui.noDifference')}</p>
  }
  const two = wide && sides === 'two'
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-xs">
        <span className="text-good">+ {t('ui.added', { count: count('added') })}</span>
        <span className="text-bad">− {t('ui.removed', { count: count('removed') })}</span>
        {wide && (
          <Segmented
            className="ms-auto"
            label={label}
            value={sides}
            onChange={setSides}
            options={[
              { value: 'one', label: t('ui.oneColumn') },
              { value: 'two', label: t('ui.sideBySide') },
            ]}
          />
        )}
      </div>
      <div
        role="region"
        aria-label={label}
        tabIndex={0}
        className="max-h-[60vh] overflow-auto rounded-md border border-line bg-surface"
      >
        <table dir="ltr" className="w-full table-fixed font-mono text-xs leading-5">
          <thead className="sr-only">
            <tr>
              <th scope="col">{beforeLabel ?? t('ui.before')}</th>
              <th scope="col">{afterLabel ?? t('ui.after')}</th>
            </tr>
          </thead>
          <tbody>
            {foldRows(rows).map((part, i) =>
              'hidden' in part ? (
                <Folded key={i} rows={part.hidden} two={two} />
              ) : (
                <Rows key={i} rows={part.rows} two={two} />
              ),
            )}
          </tbody>
        </table>
      </div>
    </div>
  )
}

function Folded({ rows, two }: { rows: DiffRow[]; two: boolean }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  if (open) return <Rows rows={rows} two={two} />
  return (
    <tr>
      <td colSpan={2} className="bg-sunken px-2 py-0.5 text-center font-sans">
        <Button size="sm" variant="ghost" onClick={() => setOpen(true)}>
          {t('ui.unchanged', { count: rows.length })}
        </Button>
      </td>
    </tr>
  )
}

function Rows({ rows, two }: { rows: DiffRow[]; two: boolean }) {
  return rows.map((row, i) => {
    if (two) {
      return (
        <tr key={i} className="align-top">
          <Cell side={row.before} sign={row.kind === 'same' ? ' ' : row.before ? '−' : ''} />
          <Cell side={row.after} sign={row.kind === 'same' ? ' ' : row.after ? '+' : ''} />
        </tr>
      )
    }
    if (row.kind === 'same') {
      return (
        <tr key={i}>
          <Cell side={row.after} sign=" " span />
        </tr>
      )
    }
    return [
      row.before && (
        <tr key={`${i}-`}>
          <Cell side={row.before} sign="−" span />
        </tr>
      ),
      row.after && (
        <tr key={`${i}+`}>
          <Cell side={row.after} sign="+" span />
        </tr>
      ),
    ]
  })
}

const SIGNS = {
  '+': { row: 'bg-good-soft', mark: 'bg-good/25', name: 'ui.lineAdded' },
  '−': { row: 'bg-bad-soft', mark: 'bg-bad/25', name: 'ui.lineRemoved' },
} as const

interface CellProps {
  side: { line: number; spans: Span[] } | undefined
  sign: string
  span?: boolean
}

function Cell({ side, sign, span }: CellProps) {
  const { t } = useTranslation()
  if (!side) return <td className="bg-sunken" />
  const look = sign === '+' || sign === '−' ? SIGNS[sign] : null
  const some = side.spans.some((each) => !each.changed)
  return (
    <td colSpan={span ? 2 : 1} className={cn('px-2 break-words whitespace-pre-wrap', look?.row)}>
      <span aria-hidden className="me-2 inline-block w-8 text-end text-ink-3 select-none">
        {side.line}
      </span>
      <span aria-hidden className="me-1 select-none">
        {sign}
      </span>
      {look && <span className="sr-only">{t(look.name)}: </span>}
      {side.spans.map((each, i) =>
        // A line that is new as a whole needs no marks within.
        each.changed && some && look ? (
          <span key={i} className={cn('rounded-[2px] font-semibold', look.mark)}>
            {each.text}
          </span>
        ) : (
          each.text
        ),
      )}
    </td>
  )
}
