import { ExternalLink } from 'lucide-react'
import { Fragment, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import type { Lead, Provenance } from '@/api/contract'
import { toast } from '@/components/feedback/toast'
import { InlineEdit } from '@/components/ui/inline-edit'
import type { TextField } from '@/features/leads/one/edit'
import { OriginCard } from '@/features/leads/one/origin-card'
import type { LeadEdit } from '@/features/leads/one/use-lead-edit'
import { safeHref } from '@/utils/safe-href'

interface FactRowProps {
  label: ReactNode
  /** Stands at the end of the label, where it takes no room from the value. */
  way?: ReactNode
  children: ReactNode
}

export function FactRow({ label, way, children }: FactRowProps) {
  return (
    <div className="grid min-w-0 grid-cols-[84px_minmax(0,1fr)] items-start gap-x-2 pointer-coarse:grid-cols-[108px_minmax(0,1fr)]">
      <dt className="flex min-h-8 items-center text-xs text-ink-3">
        <span className="min-w-0 break-words">{label}</span>
        {way}
      </dt>
      <dd className="flex min-h-8 min-w-0 items-center py-0.5 text-sm">
        <div className="min-w-0 flex-1">{children}</div>
      </dd>
    </div>
  )
}

interface FactProps {
  field: TextField
  lead: Lead
  edit: LeadEdit
  editable: boolean
  from: Provenance | undefined
  nameOf: (userId: string | null) => string
  mark: (field: string, text: string) => ReactNode
}

const TYPES: Partial<Record<TextField, 'email' | 'tel' | 'url'>> = {
  email: 'email',
  phone: 'tel',
  url: 'url',
  linkedin_url: 'url',
}

/** A field of a lead with its origin; pressed, it is edited where it stands. */
export function Fact({ field, lead, edit, editable, from, nameOf, mark }: FactProps) {
  const { t } = useTranslation()
  const value = lead[field] ?? ''
  const label = t(`lead.${field}`)
  const save = (next: string) => edit.save({ [field]: next }, label)
  const use = (next: string) =>
    void save(next).catch((error: Error) => toast({ tone: 'bad', title: error.message }))
  return (
    <FactRow
      way={<Go field={field} value={value} />}
      label={
        from ? (
          <OriginCard
            label={label}
            from={from}
            nameOf={nameOf}
            onUse={editable ? use : undefined}
          />
        ) : (
          label
        )
      }
    >
      <div id={`fact-${field}`} tabIndex={-1} className="outline-none">
        <InlineEdit
          label={label}
          value={value}
          type={TYPES[field]}
          placeholder={t('lead.emptyField')}
          disabled={!editable}
          onSave={save}
        >
          {value ? (
            <bdi
              title={TYPES[field] === 'url' ? value : undefined}
              className={
                TYPES[field] === 'url'
                  ? 'line-clamp-1 break-all'
                  : 'line-clamp-4 [overflow-wrap:anywhere]'
              }
            >
              {field === 'email' ? (
                <Address text={value} />
              ) : (
                mark(field, TYPES[field] === 'url' ? value.replace(/^https?:\/\//, '') : value)
              )}
            </bdi>
          ) : undefined}
        </InlineEdit>
      </div>
    </FactRow>
  )
}

/** An e-mail address that breaks after its @ and dots, not inside a word. */
function Address({ text }: { text: string }) {
  return text.split(/(?<=[@.])/).map((piece, i) => (
    <Fragment key={i}>
      {i > 0 && <wbr />}
      {piece}
    </Fragment>
  ))
}

/** A way out to where an address leads; only addresses that cannot run anything. */
function Go({ field, value }: { field: TextField; value: string }) {
  const { t } = useTranslation()
  const href =
    field === 'email'
      ? safeHref(`mailto:${value}`)
      : field === 'phone'
        ? safeHref(`tel:${value}`)
        : field === 'url' || field === 'linkedin_url'
          ? safeHref(value)
          : null
  if (!value || !href) return null
  const outside = field === 'url' || field === 'linkedin_url'
  return (
    <a
      href={href}
      target={outside ? '_blank' : undefined}
      rel="noreferrer noopener"
      aria-label={t('lead.openField', { field: t(`lead.${field}`) })}
      className="ms-0.5 inline-flex size-6 shrink-0 items-center justify-center rounded-sm text-ink-3 hover:text-ink pointer-coarse:size-11"
    >
      <ExternalLink aria-hidden className="size-3.5" />
    </a>
  )
}

/** Brings a field into sight and opens it for editing. */
export function editFact(field: string): void {
  const box = document.getElementById(`fact-${field}`)
  box?.scrollIntoView({ block: 'center' })
  box?.querySelector('button')?.click()
}
