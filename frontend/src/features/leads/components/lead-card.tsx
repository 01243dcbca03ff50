import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import type { Lead } from '@/api/contract'
import { GradeChip } from '@/components/ui/grade-chip'
import { Highlight } from '@/components/ui/highlight'
import { leadLabel, PainTag, StatusBadge } from '@/features/leads/columns'

/** A lead on a narrow screen: who, how good, why. */
export function LeadCard({ lead }: { lead: Lead }) {
  const { t } = useTranslation()
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-center gap-2">
        <GradeChip grade={lead.grade} />
        <Link to={`/leads/${lead.id}`} className="min-w-0 flex-1 truncate text-base font-medium">
          {lead.name ? (
            <Highlight text={lead.name} ranges={lead.highlights?.name} />
          ) : (
            leadLabel(lead, t)
          )}
        </Link>
        <span className="num text-sm text-ink-2">
          {lead.score === null ? '' : Math.round(lead.score)}
        </span>
      </div>
      <p className="truncate text-ink-2">
        {[lead.title, lead.company].filter(Boolean).join(' · ') || lead.source}
      </p>
      <div className="flex items-center gap-2">
        <StatusBadge status={lead.status} t={t} />
        {lead.top_pain && <PainTag lead={lead} />}
      </div>
    </div>
  )
}
