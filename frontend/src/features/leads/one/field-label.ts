import type { TFunction } from 'i18next'

const WORDS: Record<string, string> = {
  content: 'lead.text',
  owner_id: 'lead.owner',
  value_micros: 'lead.value',
  custom: 'lead.custom',
  posted_at: 'lead.posted',
}

/** What a field of a lead is called. */
export function fieldLabel(t: TFunction, field: string): string {
  return t((WORDS[field] ?? `lead.${field}`) as never, { defaultValue: field.replace(/_/g, ' ') })
}
