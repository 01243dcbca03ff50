import type { LeadBulkSet } from '@/api/gen/types.gen'
import { readAmount } from '@/features/leads/one/value-field'
import { LEAD_STATUSES } from '@/types/grade'

/** The fields that many leads can share. */
export const BULK_FIELDS = [
  'status',
  'title',
  'company',
  'industry',
  'company_size',
  'location',
  'country',
  'language',
  'timezone',
  'value',
] as const

export type BulkField = (typeof BULK_FIELDS)[number]

/** One field to be set: a known one, or one of the leads' own by its name. */
export interface Setting {
  field: BulkField | 'custom'
  name: string
  value: string
  /** Takes the value away; said on purpose, so that a field left empty by mistake empties none. */
  none: boolean
}

/** Whether a setting says something that can be set. A status cannot be taken away. */
export function isComplete({ field, name, value, none }: Setting): boolean {
  if (field === 'status') return (LEAD_STATUSES as readonly string[]).includes(value)
  if (field === 'custom' && name.trim() === '') return false
  if (none) return true
  return value.trim() !== '' && (field !== 'value' || readAmount(value) !== undefined)
}

/** What is sent; null while something is missing. Of two settings of one field the later counts. */
export function toSet(settings: readonly Setting[]): LeadBulkSet | null {
  if (settings.length === 0 || !settings.every(isComplete)) return null
  const set: LeadBulkSet = {}
  for (const { field, name, value: written, none } of settings) {
    const value = none ? '' : written
    if (field === 'status') set.status = value as LeadBulkSet['status']
    else if (field === 'value') set.value_micros = readAmount(value) ?? null
    else if (field === 'custom') {
      // The contract cannot say that null takes a field away.
      const own = (value.trim() || null) as string
      set.custom = { ...set.custom, [name.trim()]: own }
    } else set[field] = value.trim()
  }
  return set
}
