import { useTranslation } from 'react-i18next'

import type { Analysis, BreakdownRow, Score } from '@/api/contract'
import { Panel } from '@/components/layout/panel'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { GradeChip } from '@/components/ui/grade-chip'
import { Time } from '@/components/ui/time'
import { partLook } from '@/features/qualification/part-look'
import { useWords } from '@/features/qualification/use-words'
import { cn } from '@/utils/cn'

interface ScorePanelProps {
  analysis: Analysis
  /** The score with some claims switched off; undefined while all count. */
  whatIf: Score | undefined
  off: ReadonlySet<string>
  onOff: (off: ReadonlySet<string>) => void
}

/** The score taken apart: what each part gives and why. */
export function ScorePanel({ analysis, whatIf, off, onOff }: ScorePanelProps) {
  const { t } = useTranslation()
  const words = useWords()
  const changed = off.size > 0
  const shown: Score = changed && whatIf ? whatIf : analysis

  return (
    <Panel title={t('score.title')} note={<Time iso={analysis.analyzed_at} />}>
      <div className="flex items-center gap-3" aria-live="polite">
        <GradeChip grade={shown.grade} size="lg" />
        <span className="num text-2xl font-semibold">{Math.round(shown.score)}</span>
        <span className="text-sm text-ink-2">/ 100</span>
        {changed && (
          <span className="num ml-auto text-xs text-ink-2">
            {t('score.was', { score: Math.round(analysis.score) })}
          </span>
        )}
      </div>
      <StackedBar rows={shown.breakdown} />
      {changed && (
        <div className="mt-2 flex items-center justify-between gap-2 text-xs text-ink-2">
          {t('score.off', { count: off.size })}
          <Button size="sm" onClick={() => onOff(new Set())}>
            {t('score.reset')}
          </Button>
        </div>
      )}
      {analysis.disqualifier && (
        <p className="mt-3">
          <Badge tone="bad">
            {t('score.disqualified', { reason: words.disqualifier(analysis.disqualifier) })}
          </Badge>
        </p>
      )}
      {analysis.unreadable && <p className="mt-3 text-sm text-warn">{t('score.unreadable')}</p>}
      {analysis.reasoning && <p className="mt-3 text-sm">{analysis.reasoning}</p>}
      <PartRows rows={shown.breakdown} before={analysis.breakdown} />
      <p className="mt-3 text-xs text-ink-3">
        {t('score.by', {
          analyzer: analysis.model || t(`analyzer.${analysis.analyzer}` as never),
          version: analysis.profile_version,
        })}
      </p>
    </Panel>
  )
}

/** The parts side by side on a scale of 100. */
function StackedBar({ rows }: { rows: readonly BreakdownRow[] }) {
  const words = useWords()
  return (
    <div className="mt-3 flex h-2.5 overflow-hidden rounded-sm bg-line">
      {rows
        .filter((row) => row.points > 0)
        .map((row) => (
          <span
            key={row.part}
            title={`${words.part(row.part)}: ${row.points}`}
            style={{ width: `${row.points}%` }}
            className={cn(
              'border-r border-surface transition-[width] duration-150 last:border-r-0',
              partLook(row.part).solid,
            )}
          />
        ))}
    </div>
  )
}

interface PartRowsProps {
  rows: readonly BreakdownRow[]
  before: readonly BreakdownRow[]
}

function PartRows({ rows, before }: PartRowsProps) {
  const { t } = useTranslation()
  const words = useWords()
  return (
    <ul className="mt-3 flex flex-col" aria-label={t('score.parts')}>
      {rows.map((row) => {
        const was = before.find((each) => each.part === row.part)?.points ?? row.points
        const moved = Math.abs(was - row.points) >= 0.05
        return (
          <li
            key={row.part}
            className="grid grid-cols-[10px_1fr_auto] items-baseline gap-x-2 border-t border-line py-1.5"
          >
            <span aria-hidden className={cn('size-2.5 rounded-sm', partLook(row.part).solid)} />
            <span className="min-w-0 text-sm">
              <span className="font-medium">{words.part(row.part)}</span>
              <span className="text-ink-2">
                {' · '}
                {row.part === 'disqualifier'
                  ? words.disqualifier(row.level)
                  : words.level(row.level)}
                {row.part === 'specificity' && ' / 10'}
              </span>
            </span>
            <span className={cn('num text-sm', moved ? 'font-semibold text-bad' : 'text-ink-2')}>
              {row.max > 0
                ? t('score.points', { points: tidy(row.points), max: tidy(row.max) })
                : tidy(row.points)}
            </span>
            {row.reason && (
              <span className="col-start-2 col-end-4 block text-xs text-ink-3 first-letter:uppercase">
                {row.reason}
              </span>
            )}
          </li>
        )
      })}
    </ul>
  )
}

function tidy(points: number): string {
  return String(Math.round(points * 10) / 10)
}
