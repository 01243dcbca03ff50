import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import type { Batch } from '@/api/contract'
import { GradeChip } from '@/components/ui/grade-chip'
import { progressOf } from '@/features/batches/progress'
import { isActive } from '@/features/batches/queries'
import { GRADES } from '@/types/grade'
import { cn } from '@/utils/cn'
import { formatDuration, formatMoney, formatNumber, formatPercent } from '@/utils/format'

/** The legend of the bar, then rate, time, money and grades. */
export function BatchFigures({ batch }: { batch: Batch }) {
  const { t } = useTranslation()
  const left = batch.total - progressOf(batch).finished
  const legend = [
    ['bg-accent', t('batch.fresh'), batch.done - batch.cached],
    ['bg-part-specificity', t('batch.cached'), batch.cached],
    ['bg-bad', t('batch.failed'), batch.failed],
    ...(batch.skipped > 0 ? ([['bg-part-other', t('batch.skipped'), batch.skipped]] as const) : []),
    ['bg-line', t('batch.left'), left],
  ] as const
  const grades = GRADES.filter((grade) => (batch.grades?.[grade] ?? 0) > 0)
  return (
    <>
      <ul className="num mt-2 flex flex-wrap gap-x-4 gap-y-1 text-xs text-ink-2">
        {legend.map(([colour, name, count]) => (
          <li key={name} className="flex items-center gap-1.5">
            <span aria-hidden className={cn('size-2.5 rounded-sm', colour)} />
            {name} {formatNumber(count)}
          </li>
        ))}
      </ul>
      <dl className="num mt-4 grid grid-cols-2 gap-4 border-t border-line pt-4 sm:grid-cols-4">
        <Figure label={t('batch.rate')}>
          {batch.rate_per_s > 0
            ? t('batch.rateValue', { n: formatNumber(Math.round(batch.rate_per_s * 10) / 10) })
            : '–'}
        </Figure>
        {isActive(batch) ? (
          <Figure label={t('batch.eta')}>
            {batch.eta_s === null ? '–' : formatDuration(batch.eta_s)}
          </Figure>
        ) : (
          <Figure label={t('batch.took')}>{took(batch)}</Figure>
        )}
        <Figure
          label={t('batch.cost')}
          note={
            batch.budget_micros === null
              ? t('batch.noBudget')
              : t('batch.budgetOf', { budget: formatMoney(batch.budget_micros, batch.currency) })
          }
        >
          {formatMoney(batch.cost_micros, batch.currency)}
        </Figure>
        <Figure
          label={t('batch.qualified')}
          note={t('batch.qualifiedOf', { rate: formatPercent(batch.qualified, batch.done) })}
        >
          {formatNumber(batch.qualified)}
        </Figure>
      </dl>
      {grades.length > 0 && (
        <ul aria-label={t('batch.grades')} className="num mt-4 flex flex-wrap gap-x-4 gap-y-2">
          {grades.map((grade) => (
            <li key={grade} className="flex items-center gap-1.5 text-sm">
              <GradeChip grade={grade} />
              {formatNumber(batch.grades?.[grade] ?? 0)}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

interface FigureProps {
  label: string
  note?: ReactNode
  children: ReactNode
}

function Figure({ label, note, children }: FigureProps) {
  return (
    <div>
      <dt className="text-xs text-ink-2">{label}</dt>
      <dd className="text-lg font-semibold">{children}</dd>
      {note && <dd className="text-xs text-ink-3">{note}</dd>}
    </div>
  )
}

function took(batch: Batch): string {
  if (!batch.started_at || !batch.finished_at) return '–'
  const ms = Date.parse(batch.finished_at) - Date.parse(batch.started_at)
  return ms < 1000 ? '< 1 s' : formatDuration(ms / 1000)
}
