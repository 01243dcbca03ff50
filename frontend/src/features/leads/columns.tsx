import type { TFunction } from 'i18next'
import type { ReactNode } from 'react'

import type { Lead } from '@/api/contract'
import type { GridColumn } from '@/components/data-table/grid-types'
import { Avatar } from '@/components/ui/avatar'
import { GradeChip } from '@/components/ui/grade-chip'
import { Highlight } from '@/components/ui/highlight'
import { ScoreBar } from '@/components/ui/score-bar'
import { Time } from '@/components/ui/time'
import { Tooltip } from '@/components/ui/tooltip'
import type { LeadColumnId } from '@/features/leads/column-list'
import { leadLabel, StatusBadge } from '@/features/leads/lead-words'
import { formatMoney } from '@/utils/format'

export interface ColumnContext {
  t: TFunction
  nameOf: (userId: string | null) => string
  /** The workspace's currency, when it is known. */
  currency: string | undefined
}

type LeadColumn = Omit<GridColumn<Lead>, 'id'>

/** What each column of the leads table is called, sorts by and shows. */
export function leadColumns({
  t,
  nameOf,
  currency,
}: ColumnContext): Record<LeadColumnId, LeadColumn> {
  const text = (field: 'industry' | 'location' | 'email' | 'source'): LeadColumn['cell'] =>
    function Text(lead) {
      return lead[field] ? <span className="text-ink-2">{lead[field]}</span> : NONE
    }
  return {
    name: {
      title: t('lead.name'),
      sortField: 'name',
      sortFirst: 'asc',
      cell: (lead) => (
        <a href={`/leads/${lead.id}`} tabIndex={-1} className="font-medium hover:underline">
          {lead.name ? marked(lead, 'name') : leadLabel(lead, t)}
        </a>
      ),
    },
    grade: {
      title: t('lead.grade'),
      sortField: 'grade',
      cell: (lead) => <GradeChip grade={lead.grade} />,
    },
    score: {
      title: t('lead.score'),
      sortField: 'score',
      cell: (lead) => <ScoreBar score={lead.score} />,
    },
    pain: { title: t('lead.topPain'), cell: (lead) => <PainTag lead={lead} inGrid /> },
    status: {
      title: t('lead.status'),
      sortField: 'status',
      sortFirst: 'asc',
      cell: (lead) => <StatusBadge status={lead.status} t={t} />,
    },
    company: {
      title: t('lead.company'),
      sortField: 'company',
      sortFirst: 'asc',
      cell: (lead) => <span>{marked(lead, 'company')}</span>,
    },
    title: {
      title: t('lead.title'),
      sortField: 'title',
      sortFirst: 'asc',
      cell: (lead) => <span className="text-ink-2">{marked(lead, 'title')}</span>,
    },
    owner: {
      title: t('lead.owner'),
      cell: (lead) => (lead.owner_id === null ? NONE : <Owner name={nameOf(lead.owner_id)} />),
    },
    tags: { title: t('lead.tags'), cell: (lead) => <Tags tags={lead.tags} /> },
    source: {
      title: t('lead.source'),
      sortField: 'source',
      sortFirst: 'asc',
      cell: text('source'),
    },
    created_at: {
      title: t('lead.found'),
      sortField: 'created_at',
      cell: (lead) => (
        <span className="text-ink-2">
          <Time iso={lead.created_at} />
        </span>
      ),
    },
    industry: { title: t('lead.industry'), cell: text('industry') },
    location: { title: t('lead.location'), cell: text('location') },
    value: {
      title: t('lead.value'),
      sortField: 'value',
      cell: (lead) =>
        lead.value_micros === null ? NONE : formatMoney(lead.value_micros, currency),
    },
    email: { title: t('lead.email'), cell: text('email') },
  }
}

const NONE = <span className="text-ink-3">–</span>

function marked(lead: Lead, field: 'name' | 'company' | 'title'): ReactNode {
  if (!lead[field]) return NONE
  const ranges = lead.highlights?.[field]
  return ranges ? <Highlight text={lead[field]} ranges={ranges} /> : lead[field]
}

function Owner({ name }: { name: string }) {
  return (
    <span className="inline-flex max-w-full items-center gap-1.5">
      <Avatar size="sm" decorative name={name} />
      <bdi className="truncate text-ink-2">{name}</bdi>
    </span>
  )
}

function Tags({ tags }: { tags: readonly string[] | null }) {
  if (!tags || tags.length === 0) return NONE
  return (
    <span className="inline-flex gap-1" title={tags.join(', ')}>
      {tags.slice(0, 4).map((tag) => (
        <bdi
          key={tag}
          className="inline-block max-w-32 truncate rounded-sm bg-sunken px-1.5 text-xs leading-5 text-ink-2"
        >
          {tag}
        </bdi>
      ))}
      {tags.length > 4 && <span className="text-xs leading-5 text-ink-3">+{tags.length - 4}</span>}
    </span>
  )
}

/** The pain that counts most, with the lead's own words for it on hover. */
export function PainTag({ lead, inGrid }: { lead: Lead; inGrid?: boolean }) {
  const pain = lead.top_pain
  if (!pain) return NONE
  const tag = (
    <span
      tabIndex={inGrid ? undefined : 0}
      className="inline-block max-w-full truncate rounded-sm bg-part-pain-soft px-1.5 align-middle text-xs leading-5 text-ink"
    >
      {pain.name || pain.id}
      {inGrid && pain.quote && <span className="sr-only">: {pain.quote}</span>}
    </span>
  )
  if (!pain.quote) return tag
  return <Tooltip content={<q>{pain.quote}</q>}>{tag}</Tooltip>
}
