import { useQuery } from '@tanstack/react-query'
import { useParams } from 'react-router'

import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { LeadPageSkeleton, LeadView } from '@/features/leads/components/lead-view'
import { analysesQuery, leadQuery } from '@/features/leads/queries'
import { MessagePanel } from '@/features/messages/components/message-panel'
import { EvidencePanel } from '@/features/qualification/components/evidence-panel'
import { EvidenceText } from '@/features/qualification/components/evidence-text'
import { ScorePanel } from '@/features/qualification/components/score-panel'
import { useEvidence } from '@/features/qualification/use-evidence'

export function Component() {
  const { id = '' } = useParams()
  const lead = useQuery(leadQuery(id))
  const analyses = useQuery(analysesQuery(id))
  const analysis = analyses.data?.items[0]
  const evidence = useEvidence(id, analysis)

  if (lead.error) {
    return (
      <ErrorState
        problem={toProblem(lead.error)}
        onRetry={() => void lead.refetch()}
        className="m-6"
      />
    )
  }
  if (!lead.data) return <LeadPageSkeleton />
  return (
    <LeadView
      lead={lead.data}
      analysis={analysis}
      analysisPending={analyses.isPending}
      analysisError={analyses.error}
      mark={(field, text) => <EvidenceText text={text} {...evidence.forField(field)} />}
      evidence={analysis && <EvidencePanel analysis={analysis} {...evidence.forClaims} />}
      score={analysis && <ScorePanel analysis={analysis} {...evidence.forScore} />}
      message={<MessagePanel leadId={id} />}
    />
  )
}
