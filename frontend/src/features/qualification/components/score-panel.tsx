import { useTranslation } from 'react-i18next'

import type { Analysis, Score } from '@/api/contract'
import { Panel } from '@/components/layout/panel'
import { GradeChip } from '@/components/ui/grade-chip'
import { Time } from '@/components/ui/time'
import { CorrectionBar } from '@/features/qualification/components/correction-bar'
import { HistoryButton } from '@/features/qualification/components/history-button'
import { PartList } from '@/features/qualification/components/part-list'
import { StackedScore } from '@/features/qualification/components/stacked-score'
import { WhyLine } from '@/features/qualification/components/why-line'
import type { Evidence } from '@/features/qualification/use-evidence'

interface ScorePanelProps {
  leadId: string
  /** All analyses, newest first; there is at least one. */
  analyses: readonly Analysis[]
  evidence: Evidence
  /** The score without the claims marked as wrong; undefined while all count. */
  whatIf: Score | undefined
  /** The claims that a saved correction takes out. */
  saved: ReadonlySet<string>
  onOff: (off: ReadonlySet<string>) => void
  /** The name of whoever has this id. */
  nameOf: (userId: string | null) => string
}

/** The score taken apart: what each part gives, why, and on which words. */
export function ScorePanel(props: ScorePanelProps) {
  const { leadId, analyses, evidence, whatIf, saved, onOff, nameOf } = props
  const { t } = useTranslation()
  const analysis = analyses[0]!
  const shown: Score = whatIf ?? analysis
  const moved = Math.round(shown.score) !== Math.round(analysis.score)

  return (
    <Panel
      title={t('score.title')}
      note={<Time iso={analysis.analyzed_at} />}
      actions={<HistoryButton analyses={analyses} />}
    >
      <div className="flex items-center gap-3" aria-live="polite">
        <GradeChip grade={shown.grade} size="lg" />
        <span className="num text-2xl font-semibold">{Math.round(shown.score)}</span>
        <span className="text-sm text-ink-2">/ 100</span>
        {(moved || shown.grade !== analysis.grade) && (
          <span className="num ms-auto text-xs text-ink-2">
            {t('score.was', { score: Math.round(analysis.score), grade: analysis.grade })}
          </span>
        )}
      </div>
      <StackedScore rows={shown.breakdown} />
      <WhyLine score={shown} disqualifier={analysis.disqualifier} />
      {analysis.analyzer === 'llm' && analysis.reasoning && (
        <p dir="auto" className="mt-1.5 text-sm text-ink-2">
          {analysis.reasoning}
        </p>
      )}
      {analysis.unreadable && <p className="mt-3 text-sm text-warn">{t('score.unreadable')}</p>}
      <CorrectionBar
        leadId={leadId}
        analysis={analysis}
        off={evidence.off}
        saved={saved}
        score={shown}
        onOff={onOff}
        nameOf={nameOf}
      />
      <PartList
        rows={shown.breakdown}
        before={analysis.breakdown}
        evidence={evidence}
        onOff={onOff}
      />
      {analysis.claims.length === 0 && !analysis.unreadable && (
        <p className="mt-2 text-sm text-ink-2">{t('score.noClaims')}</p>
      )}
      {analysis.dropped_claims > 0 && (
        <p className="mt-2 text-xs text-ink-3">
          {t('score.dropped', { count: analysis.dropped_claims })}
        </p>
      )}
      <p className="mt-3 text-xs text-ink-3">
        {t('score.by', {
          analyzer: analysis.model || t(`analyzer.${analysis.analyzer}` as never),
          version: analysis.profile_version,
        })}
      </p>
    </Panel>
  )
}
