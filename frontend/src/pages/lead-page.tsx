import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Navigate, useNavigate, useParams } from 'react-router'

import type { Lead, User } from '@/api/contract'
import { peopleQuery } from '@/api/people'
import { toProblem } from '@/api/problem'
import { lateLayer } from '@/components/ui/late'
import { meQuery } from '@/features/auth/queries'
import { MergeHistory } from '@/features/duplicates/components/merge-history'
import { MergeWithItem } from '@/features/duplicates/components/merge-with-item'
import { MergedNote } from '@/features/duplicates/components/merged-note'
import { OpenPairsNote } from '@/features/duplicates/components/open-pairs-note'
import { useSay } from '@/features/duplicates/use-say'
import { editFact } from '@/features/leads/one/fact'
import { LeadHeader } from '@/features/leads/one/lead-header'
import { LeadTimeline } from '@/features/leads/one/lead-timeline'
import { LeadPageSkeleton, LeadView } from '@/features/leads/one/lead-view'
import { workspaceQuery } from '@/features/leads/one/queries'
import { RelatedLeads } from '@/features/leads/one/related-leads'
import { TextPanel } from '@/features/leads/one/text-panel'
import { useLeadEdit } from '@/features/leads/one/use-lead-edit'
import { useNameOf } from '@/features/leads/one/use-name-of'
import { useNeighbours } from '@/features/leads/one/use-neighbours'
import { WhoPanel } from '@/features/leads/one/who-panel'
import { useRememberLead } from '@/features/leads/place'
import { analysesQuery, leadQuery } from '@/features/leads/queries'
import { MessagePanel } from '@/features/messages/components/message-panel'
import { lostClaims } from '@/features/qualification/claims'
import { AnalyseMenu } from '@/features/qualification/components/analyse-menu'
import { ClaimWalk } from '@/features/qualification/components/claim-walk'
import { EvidenceText } from '@/features/qualification/components/evidence-text'
import { ScoreSection } from '@/features/qualification/components/score-section'
import { useEvidence } from '@/features/qualification/use-evidence'
import { PageFault } from '@/features/shell/components/page-fault'
import { useCan } from '@/hooks/use-can'

const MergeLeadsDialog = lateLayer(
  async () =>
    (await import('@/features/duplicates/components/merge-leads-dialog')).MergeLeadsDialog,
)
const ConflictDialog = lateLayer(
  async () => (await import('@/features/leads/one/conflict-dialog')).ConflictDialog,
)

export function Component() {
  const { t } = useTranslation()
  const { id = '' } = useParams()
  const lead = useQuery(leadQuery(id))
  const me = useQuery(meQuery)
  const mergedInto = lead.error && toProblem(lead.error).mergedInto
  if (mergedInto) return <Navigate replace to={`/leads/${mergedInto}?merged=${id}`} />
  if (lead.error && !lead.data) {
    return (
      <PageFault
        problem={toProblem(lead.error)}
        onRetry={() => lead.refetch()}
        back={{ to: '/leads', label: t('nav.leads') }}
      />
    )
  }
  if (!lead.data || !me.data) return <LeadPageSkeleton />
  // A page of its own for each lead: nothing of one is carried over to the next.
  return <LeadPage key={id} lead={lead.data} me={me.data.user} />
}

function LeadPage({ lead, me }: { lead: Lead; me: User }) {
  const can = useCan()
  const navigate = useNavigate()
  const people = useQuery({ ...peopleQuery, enabled: can('users.list') })
  const nameOf = useNameOf(people.data)
  const analyses = useQuery(analysesQuery(lead.id))
  const analysis = analyses.data?.items[0]
  const { evidence, whatIf, saved, onOff, step, stepped, clear } = useEvidence(lead.id, analysis)
  const edit = useLeadEdit(lead)
  const workspace = useQuery({ ...workspaceQuery, enabled: can('settings.get') })
  const say = useSay(nameOf, workspace.data?.currency)
  const [merging, setMerging] = useState(false)
  const neighbours = useNeighbours(lead.id)
  useRememberLead(lead.id)
  const editable = can('leads.update') && (me.role === 'admin' || lead.owner_id === me.id)
  const fields: Record<string, string> = {
    content: lead.content,
    title: lead.title,
    company: lead.company,
    location: lead.location,
  }

  return (
    <>
      <LeadHeader
        lead={lead}
        neighbours={neighbours}
        editable={editable}
        menu={editable && can('leads.merge') && <MergeWithItem onSelect={() => setMerging(true)} />}
        actions={can('leads.analyze') && <AnalyseMenu leadId={lead.id} again={!!analysis} />}
      />
      <LeadView
        who={
          <>
            <MergedNote leadId={lead.id} />
            <OpenPairsNote leadId={lead.id} />
            <WhoPanel
              lead={lead}
              edit={edit}
              me={me}
              people={people.data ?? []}
              nameOf={nameOf}
              mark={(field, text) =>
                field in fields ? (
                  <EvidenceText quiet text={text} field={field} evidence={evidence} />
                ) : (
                  text
                )
              }
            />
            <RelatedLeads lead={lead} />
          </>
        }
        text={
          <TextPanel
            lead={lead}
            edit={edit}
            editable={editable}
            lost={lostClaims(evidence.claims, fields)}
            actions={<ClaimWalk step={step} stepped={stepped} clear={clear} />}
          >
            <EvidenceText text={lead.content} field="content" evidence={evidence} />
          </TextPanel>
        }
        timeline={
          <div className="flex flex-col gap-4">
            <LeadTimeline leadId={lead.id} nameOf={nameOf} />
            <MergeHistory leadId={lead.id} editable={editable} say={say} nameOf={nameOf} />
          </div>
        }
        score={
          <ScoreSection
            leadId={lead.id}
            analyses={analyses.data?.items}
            problem={analyses.error ? toProblem(analyses.error) : null}
            onRetry={() => void analyses.refetch()}
            evidence={evidence}
            whatIf={whatIf}
            saved={saved}
            onOff={onOff}
            nameOf={nameOf}
          />
        }
        message={
          <MessagePanel leadId={lead.id} analysed={!!analysis} nameOf={nameOf} onFill={editFact} />
        }
      />
      <MergeLeadsDialog
        open={merging}
        ids={[lead.id]}
        say={say}
        onClose={() => setMerging(false)}
        onDone={(survivor) => void navigate(`/leads/${survivor}`, { replace: true })}
      />
      <ConflictDialog open={edit.conflict !== null} edit={edit} />
    </>
  )
}
