import { useQuery } from '@tanstack/react-query'
import { ExternalLink } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Lead, Provenance } from '@/api/contract'
import { Panel } from '@/components/layout/panel'
import { toast } from '@/components/feedback/toast'
import { Badge } from '@/components/ui/badge'
import { Time } from '@/components/ui/time'
import { Tooltip } from '@/components/ui/tooltip'
import { StatusBadge } from '@/features/leads/columns'
import { provenanceQuery, useUpdateLead } from '@/features/leads/queries'
import { useCan } from '@/hooks/use-can'
import { formatDay } from '@/utils/format'
import { safeHref } from '@/utils/safe-href'

const FIELDS = [
  'name',
  'title',
  'company',
  'email',
  'phone',
  'linkedin_url',
  'url',
  'industry',
  'location',
  'company_size',
] as const

export type FactField = (typeof FIELDS)[number]

interface LeadFactsProps {
  lead: Lead
  /** Renders a field's text, so that evidence in it can be marked. */
  mark: (field: FactField, text: string) => ReactNode
}

/** Who the lead is: each field with where it came from, editable in place. */
export function LeadFacts({ lead, mark }: LeadFactsProps) {
  const { t } = useTranslation()
  const provenance = useQuery(provenanceQuery(lead.id))
  const from = new Map(provenance.data?.items.map((item) => [item.field, item]))
  const custom = Object.entries(lead.custom ?? {})
  return (
    <Panel title={t('lead.who')} actions={<StatusBadge status={lead.status} t={t} />}>
      <dl className="flex flex-col gap-2.5">
        {FIELDS.map((field) => (
          <Fact key={field} lead={lead} field={field} from={from.get(field)} mark={mark} />
        ))}
        <Plain label={t('lead.source')}>
          {lead.source || '–'} · <Time iso={lead.created_at} />
        </Plain>
        {lead.posted_at && (
          <Plain label={t('lead.posted')}>
            <Time iso={lead.posted_at} />
          </Plain>
        )}
        {lead.tags?.length > 0 && (
          <Plain label={t('lead.tags')}>
            <span className="flex flex-wrap gap-1">
              {lead.tags.map((tag) => (
                <Badge key={tag}>{tag}</Badge>
              ))}
            </span>
          </Plain>
        )}
      </dl>
      {custom.length > 0 && (
        <details className="mt-3 border-t border-line pt-2">
          <summary className="text-xs font-medium text-ink-2">{t('lead.custom')}</summary>
          <dl className="mt-2 flex flex-col gap-2.5">
            {custom.map(([name, value]) => (
              <Plain key={name} label={name}>
                {typeof value === 'string' ? value : JSON.stringify(value)}
              </Plain>
            ))}
          </dl>
        </details>
      )}
    </Panel>
  )
}

function Plain({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-xs text-ink-3">{label}</dt>
      <dd className="text-sm break-words">{children}</dd>
    </div>
  )
}

interface FactProps extends LeadFactsProps {
  field: FactField
  from: Provenance | undefined
}

function Fact({ lead, field, from, mark }: FactProps) {
  const { t } = useTranslation()
  const can = useCan()
  const update = useUpdateLead(lead.id)
  const [editing, setEditing] = useState(false)
  const value = lead[field] ?? ''
  const label = t(`lead.${field}`)

  const save = (next: string) => {
    setEditing(false)
    if (next.trim() === value) return
    update.mutate(
      { version: lead.version, [field]: next.trim() },
      {
        onSuccess: (saved) =>
          toast({
            title: t('lead.saved', { field: label }),
            undo: () => update.mutate({ version: saved.version, [field]: value }),
          }),
      },
    )
  }

  return (
    <div>
      <dt className="text-xs text-ink-3">
        {from ? (
          <Tooltip content={<Origin from={from} />}>
            <span
              tabIndex={0}
              className="underline decoration-line-strong decoration-dotted underline-offset-2"
            >
              {label}
            </span>
          </Tooltip>
        ) : (
          label
        )}
      </dt>
      <dd className="flex items-start gap-1 text-sm">
        {editing ? (
          <FactInput label={label} value={value} onSave={save} onCancel={() => setEditing(false)} />
        ) : (
          <>
            <span className="min-w-0 flex-1 break-words">
              {can('leads.update') ? (
                <button
                  type="button"
                  onClick={() => setEditing(true)}
                  className="-mx-1 max-w-full rounded-sm px-1 text-left break-words hover:bg-hover"
                >
                  {value ? mark(field, value) : <None />}
                  <span className="sr-only"> {t('lead.editField', { field: label })}</span>
                </button>
              ) : value ? (
                mark(field, value)
              ) : (
                <None />
              )}
            </span>
            <Go field={field} value={value} label={label} />
          </>
        )}
      </dd>
    </div>
  )
}

function Origin({ from }: { from: Provenance }) {
  const { t } = useTranslation()
  const { source, row, at } = from
  return (
    <>
      {row ? t('lead.fromRow', { source, row }) : t('lead.from', { source })}{' '}
      {t('lead.at', { date: formatDay(at) })}
    </>
  )
}

function None() {
  const { t } = useTranslation()
  return <span className="text-ink-3">{t('lead.emptyField')}</span>
}

/** A way out to where an address leads; only addresses that cannot run anything. */
function Go({ field, value, label }: { field: FactField; value: string; label: string }) {
  const href =
    field === 'email'
      ? safeHref(`mailto:${value}`)
      : field === 'phone'
        ? safeHref(`tel:${value}`)
        : field === 'url' || field === 'linkedin_url'
          ? safeHref(value)
          : null
  if (!value || !href) return null
  return (
    <a
      href={href}
      target={field === 'url' || field === 'linkedin_url' ? '_blank' : undefined}
      rel="noreferrer noopener"
      aria-label={label}
      className="mt-0.5 shrink-0 text-ink-3 hover:text-ink"
    >
      <ExternalLink aria-hidden className="size-3.5" />
    </a>
  )
}

interface FactInputProps {
  label: string
  value: string
  onSave: (value: string) => void
  onCancel: () => void
}

function FactInput({ label, value, onSave, onCancel }: FactInputProps) {
  const [text, setText] = useState(value)
  return (
    <input
      autoFocus
      aria-label={label}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => onSave(text)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') onSave(text)
        if (event.key === 'Escape') onCancel()
      }}
      className="control -mx-1 px-1"
    />
  )
}
