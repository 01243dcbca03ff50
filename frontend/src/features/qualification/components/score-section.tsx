import { useTranslation } from 'react-i18next'

import type { Analysis, Score } from '@/api/contract'
import type { ApiProblem } from '@/api/problem'
import { EmptyState } from '@/components/feedback/empty-state'
import { ErrorState } from '@/components/feedback/error-state'
import { Panel } from '@/components/layout/panel'
import { SkeletonLines } from '@/components/ui/skeleton'
import { ScorePanel } from '@/features/qualification/components/score-panel'
import type { Evidence } from '@/features/qualification/use-evidence'

interface ScoreSectionProps {
  leadId: string
  /** Undefined until they have come. */
  analyses: readonly Analysis[] | undefined
  problem: ApiProblem | null
  onRetry: () => void
  evidence: Evidence
  whatIf: Score | undefined
  saved: ReadonlySet<string>
  onOff: (off: ReadonlySet<string>) => void
  nameOf: (userId: string | null) => string
}

/** The score, or what stands in its place while there is none. */
export function ScoreSection({ analyses, problem, onRetry, ...score }: ScoreSectionProps) {
  const { t } = useTranslation()
  if (analyses?.length) return <ScorePanel analyses={analyses} {...score} />
  return (
    <Panel title={t('score.title')}>
      {problem ? (
        <ErrorState problem={problem} onRetry={onRetry} />
      ) : analyses ? (
        <EmptyState title={t('score.none')} body={t('score.noneBody')} />
      ) : (
        <SkeletonLines lines={8} />
      )}
    </Panel>
  )
}
