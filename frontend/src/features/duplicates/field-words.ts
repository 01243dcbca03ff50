import type { TFunction } from 'i18next'

import type { Lead } from '@/api/contract'
import { formatDay, formatMoney } from '@/utils/format'

const WORDS: Record<string, string> = {
  content: 'lead.text',
  owner_id: 'lead.owner',
  posted_at: 'lead.posted',
  first_name: 'duplicate.firstName',
  last_name: 'duplicate.lastName',
  address: 'duplicate.address',
  city: 'duplicate.city',
  zip: 'duplicate.zip',
  state: 'duplicate.region',
  domain: 'duplicate.domain',
}

/** What a field is called; a field of the workspace's own has its own name. */
export function fieldName(t: TFunction, field: string): string {
  if (field.startsWith('custom.')) return field.slice(7)
  return t((WORDS[field] ?? `lead.${field}`) as never, { defaultValue: field.replace(/_/g, ' ') })
}

/** Who a lead is, in its first word that says so. */
export function leadName(lead: Pick<Lead, 'name' | 'company' | 'email' | 'title'>, t: TFunction) {
  return lead.name || lead.company || lead.email || lead.title || t('lead.unnamed')
}

/** Says a field's value as people read it. */
export type Say = (field: string, value: string) => string

export function sayer(t: TFunction, nameOf: (id: string | null) => string, currency: string): Say {
  return (field, value) => {
    if (field === 'owner_id') return nameOf(value)
    if (field === 'status') return t(`status.${value}` as never, { defaultValue: value })
    if (field === 'value') return formatMoney(Number(value), currency)
    if (field === 'posted_at') return formatDay(value)
    return value
  }
}
