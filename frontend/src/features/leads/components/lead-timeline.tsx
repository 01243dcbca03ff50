import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import { toProblem } from '@/api/problem'
import { EventList } from '@/components/feedback/event-list'
import { ErrorState } from '@/components/feedback/error-state'
import { Panel } from '@/components/layout/panel'
import { SkeletonLines } from '@/components/ui/skeleton'
import { timelineQuery } from '@/features/leads/queries'

export function LeadTimeline({ leadId }: { leadId: string }) {
  const { t } = useTranslation()
  const timeline = useQuery(timelineQuery(leadId))
  return (
    <Panel title={t('lead.timeline')}>
      {timeline.error ? (
        <ErrorState problem={toProblem(timeline.error)} onRetry={() => void timeline.refetch()} />
      ) : timeline.data ? (
        <EventList events={timeline.data.items} empty={t('lead.noTimeline')} />
      ) : (
        <SkeletonLines />
      )}
    </Panel>
  )
}
