import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import type { Lead } from '@/api/contract'
import { Badge } from '@/components/ui/badge'
import { GradeChip } from '@/components/ui/grade-chip'
import { Kbd } from '@/components/ui/kbd'
import { Time } from '@/components/ui/time'
import { leadName } from '@/features/duplicates/field-words'
import { cn } from '@/utils/cn'

interface LeadHeadProps {
  lead: Lead
  /** The name that the choice between the heads goes by. */
  group: string
  survives: boolean
  suggested: boolean
  /** The key that makes this lead the survivor. */
  shortcut: string
  /** Makes this lead the one that stays; undefined where nobody decides. */
  onSurvive?: () => void
}

/** The head of a lead's column: who, and whether this is the one that stays. */
export function LeadHead(props: LeadHeadProps) {
  const { lead, group, survives, suggested, shortcut, onSurvive } = props
  const { t } = useTranslation()
  return (
    <div className={cn('flex h-full flex-col gap-1.5 px-3 py-2.5', survives && 'bg-selected/60')}>
      <span className="flex min-w-0 items-start gap-2">
        <GradeChip grade={lead.grade} />
        <Link
          to={`/leads/${lead.id}`}
          className="line-clamp-2 min-w-0 flex-1 text-sm font-semibold break-words hover:underline"
        >
          <bdi>{leadName(lead, t)}</bdi>
        </Link>
      </span>
      <span className="text-xs break-words text-ink-3">
        <bdi>{lead.source || '–'}</bdi> · <Time iso={lead.created_at} />
      </span>
      {onSurvive && (
        <label className="flex items-center gap-2 text-xs text-ink-2 pointer-coarse:min-h-11">
          <input
            type="radio"
            name={group}
            checked={survives}
            onChange={onSurvive}
            className="size-4 accent-accent"
          />
          {t('duplicate.survives')}
          <span className="sr-only">{leadName(lead, t)}</span>
          <span aria-hidden className="pointer-coarse:hidden">
            <Kbd keys={shortcut} />
          </span>
          {suggested && <Badge>{t('duplicate.suggested')}</Badge>}
        </label>
      )}
    </div>
  )
}
