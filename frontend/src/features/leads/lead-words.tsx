import type { TFunction } from 'i18next'

import type { Lead } from '@/api/contract'
import { Badge, type Tone } from '@/components/ui/badge'

const STATUS_TONE: Record<string, Tone> = {
  new: 'neutral',
  qualified: 'good',
  contacted: 'accent',
  replied: 'accent',
  won: 'good',
}

export function StatusBadge({ status, t }: { status: string; t: TFunction }) {
  return <Badge tone={STATUS_TONE[status] ?? 'neutral'}>{t(`status.${status}` as never)}</Badge>
}

/** The first word of a lead that says who it is. */
export function leadLabel(lead: Lead, t: TFunction): string {
  return lead.name || lead.company || lead.email || lead.title || t('lead.unnamed')
}
