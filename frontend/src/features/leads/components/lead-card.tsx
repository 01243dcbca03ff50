import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import type { Lead } from '@/api/contract'
import { Avatar } from '@/components/ui/avatar'
import { GradeChip } from '@/components/ui/grade-chip'
import { Highlight } from '@/components/ui/highlight'
import { PainTag } from '@/features/leads/columns'
import { leadLabel, StatusBadge } from '@/features/leads/lead-words'

interface LeadCardProps {
  lead: Lead
  nameOf: (userId: string | null) => string
}

/** A lead as a card: who, how good, why, whose. */
export function LeadCard({ lead, nameOf }: LeadCardProps) {
  const { t } = useTranslation()
  const owner = lead.owner_id === null ? null : nameOf(lead.owner_id)
  const company = lead.company && (
    <Highlight text={lead.company} ranges={lead.highlights?.company} />
  )
  const title = lead.title && <Highlight text={lead.title} ranges={lead.highlights?.title} />
  return (
    <div className="flex h-full flex-col gap-1">
      <div className="flex items-center gap-2">
        <GradeChip grade={lead.grade} />
        <Link
          to={`/leads/${lead.id}`}
          tabIndex={-1}
          className="min-w-0 flex-1 truncate text-base font-medium hover:underline"
        >
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
        {title}
        {title && company && ' · '}
        {company}
        {!title && !company && lead.source}
      </p>
      {lead.top_pain?.quote?.trim() && (
        <p dir="auto" className="truncate text-xs leading-5 text-ink-2">
          <q>{lead.top_pain.quote}</q>
        </p>
      )}
      <div className="mt-auto flex min-w-0 items-center gap-2">
        <StatusBadge status={lead.status} t={t} />
        {lead.top_pain && (
          <span className="min-w-0">
            <PainTag lead={lead} inGrid />
          </span>
        )}
        {owner !== null && (
          <span className="ms-auto shrink-0" title={owner}>
            <Avatar size="sm" name={owner} />
          </span>
        )}
      </div>
    </div>
  )
}
