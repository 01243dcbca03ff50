import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Lead, User } from '@/api/contract'
import { Panel } from '@/components/layout/panel'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Select } from '@/components/ui/select'
import { Time } from '@/components/ui/time'
import { StatusBadge } from '@/features/leads/lead-words'
import { CustomFields } from '@/features/leads/one/custom-fields'
import { TEXT_FIELDS, type TextField } from '@/features/leads/one/edit'
import { Fact, FactRow } from '@/features/leads/one/fact'
import { OwnerField } from '@/features/leads/one/owner-field'
import { TagsField } from '@/features/leads/one/tags-field'
import type { LeadEdit } from '@/features/leads/one/use-lead-edit'
import { ValueField } from '@/features/leads/one/value-field'
import { provenanceQuery } from '@/features/leads/queries'
import { useCan } from '@/hooks/use-can'
import { LEAD_STATUSES } from '@/types/grade'

/** Fields that most leads lack: shown empty only when asked for. */
const RARE = new Set<TextField>(['linkedin_url', 'url', 'country', 'timezone', 'language'])

interface WhoPanelProps {
  lead: Lead
  edit: LeadEdit
  me: User
  people: readonly User[]
  nameOf: (userId: string | null) => string
  /** Renders a field's text, so that evidence in it can be marked. */
  mark: (field: string, text: string) => ReactNode
}

/** Who the lead is: each field with where it came from, edited in place. */
export function WhoPanel({ lead, edit, me, people, nameOf, mark }: WhoPanelProps) {
  const { t } = useTranslation()
  const can = useCan()
  const [all, setAll] = useState(false)
  const provenance = useQuery(provenanceQuery(lead.id))
  const from = new Map(provenance.data?.items.map((item) => [item.field, item]))
  const mine = me.role === 'admin' || lead.owner_id === me.id
  const editable = can('leads.update') && mine
  const hidden = TEXT_FIELDS.filter((field) => RARE.has(field) && !lead[field])
  const fields = all ? TEXT_FIELDS : TEXT_FIELDS.filter((field) => !hidden.includes(field))
  return (
    <Panel
      title={t('lead.who')}
      actions={
        editable ? (
          <Select
            small
            aria-label={t('lead.status')}
            value={lead.status}
            onChange={(status) =>
              void edit.save({ status }, t('lead.status')).catch(() => undefined)
            }
            options={LEAD_STATUSES.map((value) => ({ value, label: t(`status.${value}`) }))}
            className="w-32"
          />
        ) : (
          <StatusBadge status={lead.status} t={t} />
        )
      }
    >
      {can('leads.update') && !mine && (
        <Callout className="mb-3">
          {lead.owner_id ? t('lead.othersLead') : t('lead.claimFirst')}
        </Callout>
      )}
      <dl className="flex flex-col gap-0.5">
        <OwnerField lead={lead} edit={edit} me={me} people={people} nameOf={nameOf} />
        {fields.map((field) => (
          <Fact
            key={field}
            field={field}
            lead={lead}
            edit={edit}
            editable={editable}
            from={from.get(field)}
            nameOf={nameOf}
            mark={mark}
          />
        ))}
        <ValueField lead={lead} edit={edit} editable={editable} />
        <TagsField lead={lead} edit={edit} editable={editable} />
        <FactRow label={t('lead.source')}>
          <bdi className="break-words">{lead.source || '–'}</bdi>
          <span className="text-ink-3">
            {' · '}
            <Time iso={lead.created_at} />
          </span>
        </FactRow>
        {lead.posted_at && (
          <FactRow label={t('lead.posted')}>
            <Time iso={lead.posted_at} />
          </FactRow>
        )}
      </dl>
      {hidden.length > 0 && editable && (
        <Button size="sm" variant="ghost" className="mt-2 -ms-2" onClick={() => setAll(!all)}>
          {all ? t('lead.fewerFields') : t('lead.moreFields', { count: hidden.length })}
        </Button>
      )}
      <CustomFields lead={lead} edit={edit} editable={editable} from={from} nameOf={nameOf} />
    </Panel>
  )
}
