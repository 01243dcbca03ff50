import { ArrowLeft, Sparkles } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import type { Analysis, Lead } from '@/api/contract'
import { toProblem } from '@/api/problem'
import { EmptyState } from '@/components/feedback/empty-state'
import { ErrorState } from '@/components/feedback/error-state'
import { PageHeader } from '@/components/layout/page'
import { Panel } from '@/components/layout/panel'
import { Button } from '@/components/ui/button'
import { GradeChip } from '@/components/ui/grade-chip'
import { Skeleton, SkeletonLines } from '@/components/ui/skeleton'
import { leadLabel } from '@/features/leads/columns'
import { LeadFacts } from '@/features/leads/components/lead-facts'
import { LeadTimeline } from '@/features/leads/components/lead-timeline'
import { useAnalyzeLead } from '@/features/leads/queries'
import { useCan } from '@/hooks/use-can'

interface LeadViewProps {
  lead: Lead
  analysis: Analysis | undefined
  analysisPending: boolean
  analysisError: unknown
  /** Renders a field's text with the evidence in it marked. */
  mark: (field: string, text: string) => ReactNode
  evidence: ReactNode
  score: ReactNode
  message: ReactNode
}

/** One lead in three columns: who, what they said, what follows from it. */
export function LeadView(props: LeadViewProps) {
  const { lead, analysis, analysisPending, analysisError, mark, evidence, score, message } = props
  const { t } = useTranslation()
  const can = useCan()
  const analyze = useAnalyzeLead(lead.id)
  return (
    <>
      <PageHeader
        title={leadLabel(lead, t)}
        note={[lead.title, lead.company].filter(Boolean).join(' · ')}
        leading={
          <>
            <Link
              to="/leads"
              aria-label={t('lead.back')}
              title={t('lead.back')}
              className="-ml-1 flex size-7 items-center justify-center rounded-md text-ink-2 hover:bg-hover"
            >
              <ArrowLeft aria-hidden className="size-4" />
            </Link>
            <GradeChip grade={lead.grade} />
          </>
        }
        actions={
          can('leads.analyze') && (
            <Button
              icon={<Sparkles />}
              variant={analysis ? 'default' : 'primary'}
              busy={analyze.isPending}
              onClick={() => analyze.mutate()}
            >
              {analysis ? t('analyse.again') : t('analyse.verb')}
            </Button>
          )
        }
      />
      <div className="min-h-0 flex-1 overflow-y-auto lg:overflow-hidden">
        <div className="grid gap-4 p-4 lg:h-full lg:grid-cols-[minmax(200px,250px)_minmax(0,1fr)_minmax(320px,400px)] lg:gap-0 lg:p-0">
          <Column className="order-4 lg:order-none lg:border-r">
            <LeadFacts lead={lead} mark={mark} />
          </Column>
          <Column className="order-2 lg:order-none">
            <Panel title={t('lead.text')}>
              {lead.content ? (
                <p className="max-w-[72ch] text-base leading-7">{mark('content', lead.content)}</p>
              ) : (
                <p className="text-sm text-ink-2">{t('lead.noText')}</p>
              )}
            </Panel>
            {evidence}
            <LeadTimeline leadId={lead.id} />
          </Column>
          <Column className="order-1 lg:order-none lg:border-l">
            {analysisError ? (
              <ErrorState problem={toProblem(analysisError)} />
            ) : analysisPending ? (
              <Panel title={t('score.title')}>
                <SkeletonLines lines={6} />
              </Panel>
            ) : (
              (score ?? (
                <Panel title={t('score.title')}>
                  <EmptyState title={t('score.none')} body={t('score.noneBody')} />
                </Panel>
              ))
            )}
            {message}
          </Column>
        </div>
      </div>
    </>
  )
}

function Column({ className, children }: { className: string; children: ReactNode }) {
  return (
    <div className={`flex min-w-0 flex-col gap-4 lg:overflow-y-auto lg:p-4 ${className}`}>
      {children}
    </div>
  )
}

export function LeadPageSkeleton() {
  return (
    <div className="flex flex-col gap-4 p-4">
      <Skeleton className="h-8 w-64" />
      <div className="grid gap-4 lg:grid-cols-[250px_1fr_400px]">
        <Skeleton className="h-96" />
        <Skeleton className="h-96" />
        <Skeleton className="h-96" />
      </div>
    </div>
  )
}
