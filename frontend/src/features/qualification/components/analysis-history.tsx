import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Analysis } from '@/api/contract'
import { GradeChip } from '@/components/ui/grade-chip'
import { Time } from '@/components/ui/time'
import { AnalysisDiff } from '@/features/qualification/components/analysis-diff'
import { cn } from '@/utils/cn'
import { formatMoney } from '@/utils/format'

/** Every analysis, newest first; any two can be set against each other. */
export function AnalysisHistory({ analyses }: { analyses: readonly Analysis[] }) {
  const { t } = useTranslation()
  const [before, setBefore] = useState(analyses[1]?.id ?? '')
  const [after, setAfter] = useState(analyses[0]?.id ?? '')
  const one = analyses.find((each) => each.id === before)
  const two = analyses.find((each) => each.id === after)
  const several = analyses.length > 1
  return (
    <div className="flex flex-col gap-5">
      {several && <p className="text-sm text-ink-2">{t('history.choose')}</p>}
      <ul className="flex flex-col overflow-hidden rounded-md border border-line">
        {analyses.map((each) => (
          <li
            key={each.id}
            className={cn(
              'flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line px-3 py-2 text-sm first:border-t-0',
              several && (each.id === before || each.id === after) && 'bg-selected',
            )}
          >
            {several && (
              <>
                <Radio
                  name="before"
                  label={t('history.before')}
                  checked={each.id === before}
                  disabled={each.id === after}
                  onChange={() => setBefore(each.id)}
                />
                <Radio
                  name="after"
                  label={t('history.after')}
                  checked={each.id === after}
                  disabled={each.id === before}
                  onChange={() => setAfter(each.id)}
                />
              </>
            )}
            <GradeChip grade={each.grade} />
            <span className="num w-8 font-medium">{Math.round(each.score)}</span>
            <span className="min-w-0 flex-1 basis-40 break-words">
              {each.model || t(`analyzer.${each.analyzer}` as never)}
              <span className="text-ink-3">
                {' · '}
                {t('history.profile', { version: each.profile_version })}
                {' · '}
                {each.cached
                  ? t('history.cached')
                  : each.cost_micros > 0
                    ? formatMoney(each.cost_micros)
                    : t('history.free')}
              </span>
            </span>
            <span className="text-xs text-ink-3">
              <Time iso={each.analyzed_at} />
            </span>
          </li>
        ))}
      </ul>
      {one && two ? (
        <AnalysisDiff before={one} after={two} />
      ) : (
        <p className="text-sm text-ink-2">{t('history.onlyOne')}</p>
      )}
    </div>
  )
}

interface RadioProps {
  name: string
  label: string
  checked: boolean
  disabled: boolean
  onChange: () => void
}

function Radio({ label, ...input }: RadioProps) {
  return (
    <label className="inline-flex items-center gap-1.5 text-xs text-ink-2 pointer-coarse:min-h-11">
      <input type="radio" {...input} className="size-4 accent-accent" />
      {label}
    </label>
  )
}
