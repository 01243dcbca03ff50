import type { Choice } from '@/components/ui/use-listbox'

/** What there is to choose from for a field. */
export interface FieldChoices {
  options: readonly Choice[]
  /** Values that are not among the options may be written too. */
  open: boolean
  loading?: boolean
}

/** The choices of a field, or null where values are only written. */
export type ChoicesOf = (field: string) => FieldChoices | null

/** The fields that the builder offers; others can be written as text. */
export const OFFERED_FIELDS = [
  'grade',
  'score',
  'status',
  'source',
  'owner',
  'tags',
  'pain',
  'name',
  'company',
  'title',
  'email',
  'phone',
  'content',
  'industry',
  'company_size',
  'location',
  'country',
  'language',
  'value',
  'created_at',
  'posted_at',
  'analyzed_at',
  'last_activity_at',
  'updated_at',
  'drafted',
  'twins',
  'mail_domain',
  'import',
  'batch',
] as const
