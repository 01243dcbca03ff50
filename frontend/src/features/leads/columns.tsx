import type { ColumnDef } from '@tanstack/react-table'
import type { TFunction } from 'i18next'
import { Link } from 'react-router'

import type { Lead } from '@/api/contract'
import { Badge, type Tone } from '@/components/ui/badge'
import { GradeChip } from '@/components/ui/grade-chip'
import { Highlight } from '@/components/ui/highlight'
import { ScoreBar } from '@/components/ui/score-bar'
import { Time } from '@/components/ui/time'
import { Tooltip } from '@/components/ui/tooltip'

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

/** The columns of the leads table, in their first order. */
export function leadColumns(t: TFunction): ColumnDef<Lead>[] {
  const marked = (lead: Lead, field: 'name' | 'company' | 'title') =>
    lead[field] ? <Highlight text={lead[field]} ranges={lead.highlights?.[field]} /> : null
  return [
    {
      id: 'name',
      header: t('lead.name'),
      size: 200,
      meta: { sortField: 'name', title: t('lead.name') },
      cell: ({ row: { original: lead } }) => (
        <Link to={`/leads/${lead.id}`} className="font-medium hover:underline">
          {marked(lead, 'name') ?? leadLabel(lead, t)}
        </Link>
      ),
    },
    {
      id: 'grade',
      header: t('lead.grade'),
      size: 64,
      meta: { sortField: 'grade', title: t('lead.grade') },
      cell: ({ row }) => <GradeChip grade={row.original.grade} />,
    },
    {
      id: 'score',
      header: t('lead.score'),
      size: 96,
      meta: { sortField: 'score', title: t('lead.score') },
      cell: ({ row }) => <ScoreBar score={row.original.score} />,
    },
    {
      id: 'pain',
      header: t('lead.topPain'),
      size: 196,
      meta: { title: t('lead.topPain') },
      cell: ({ row: { original: lead } }) => <PainTag lead={lead} />,
    },
    {
      id: 'status',
      header: t('lead.status'),
      size: 104,
      meta: { sortField: 'status', title: t('lead.status') },
      cell: ({ row }) => <StatusBadge status={row.original.status} t={t} />,
    },
    {
      id: 'company',
      header: t('lead.company'),
      size: 190,
      meta: { sortField: 'company', title: t('lead.company') },
      cell: ({ row }) => marked(row.original, 'company') ?? <None />,
    },
    {
      id: 'title',
      header: t('lead.title'),
      size: 180,
      meta: { sortField: 'title', title: t('lead.title') },
      cell: ({ row }) => (
        <span className="text-ink-2">{marked(row.original, 'title') ?? <None />}</span>
      ),
    },
    {
      id: 'source',
      header: t('lead.source'),
      size: 110,
      meta: { sortField: 'source', title: t('lead.source') },
      cell: ({ row }) => <span className="text-ink-2">{row.original.source || <None />}</span>,
    },
    {
      id: 'location',
      header: t('lead.location'),
      size: 150,
      meta: { title: t('lead.location') },
      cell: ({ row }) => <span className="text-ink-2">{row.original.location || <None />}</span>,
    },
    {
      id: 'email',
      header: t('lead.email'),
      size: 210,
      meta: { title: t('lead.email') },
      cell: ({ row }) => <span className="text-ink-2">{row.original.email || <None />}</span>,
    },
    {
      id: 'created_at',
      header: t('lead.found'),
      size: 110,
      meta: { sortField: 'created_at', title: t('lead.found') },
      cell: ({ row }) => (
        <span className="text-ink-2">
          <Time iso={row.original.created_at} />
        </span>
      ),
    },
  ]
}

/** Columns that start hidden; people switch them on. */
export const HIDDEN_AT_FIRST: Record<string, boolean> = { email: false, location: false }

function None() {
  return <span className="text-ink-3">–</span>
}

export function PainTag({ lead }: { lead: Lead }) {
  const pain = lead.top_pain
  if (!pain) return <None />
  const tag = (
    <span
      tabIndex={0}
      className="inline-block max-w-full truncate rounded-sm bg-part-pain-soft px-1.5 align-middle text-xs leading-5 text-ink"
    >
      {pain.name || pain.id}
    </span>
  )
  if (!pain.quote) return tag
  return <Tooltip content={<q>{pain.quote}</q>}>{tag}</Tooltip>
}
