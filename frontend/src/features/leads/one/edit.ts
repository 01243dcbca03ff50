import type { Lead } from '@/api/contract'
import { wordOf } from '@/features/leads/one/word-of'

/** Fields of a lead that are edited in place. */
export const TEXT_FIELDS = [
  'name',
  'title',
  'company',
  'email',
  'phone',
  'linkedin_url',
  'url',
  'industry',
  'company_size',
  'location',
  'country',
  'timezone',
  'language',
] as const
export type TextField = (typeof TEXT_FIELDS)[number]

/** A change of a lead: only what changes; of custom fields, null takes one away. */
export type LeadPatch = Partial<
  Pick<Lead, TextField | 'content' | 'status' | 'tags' | 'owner_id' | 'value_micros'>
> & { custom?: Record<string, string | null> }

/** The lead as it will be; shown before the server has answered. */
export function applyPatch(lead: Lead, patch: LeadPatch): Lead {
  const { custom, ...fields } = patch
  if (!custom) return { ...lead, ...fields }
  const merged: Record<string, string> = { ...lead.custom }
  for (const [name, value] of Object.entries(custom)) {
    if (value === null) delete merged[name]
    else merged[name] = value
  }
  return { ...lead, ...fields, custom: merged }
}

/** The patch that takes another one back. */
export function inversePatch(lead: Lead, patch: LeadPatch): LeadPatch {
  const { custom, ...fields } = patch
  const back: LeadPatch = {}
  for (const field of Object.keys(fields) as (keyof typeof fields)[]) {
    Object.assign(back, { [field]: lead[field] })
  }
  if (custom) {
    back.custom = Object.fromEntries(
      Object.keys(custom).map((name) => [name, lead.custom?.[name] ?? null]),
    )
  }
  return back
}

/** One thing that two people changed differently. */
export interface Clash {
  field: string
  /** A further field of the lead, named by its file. */
  custom: boolean
  before: string
  mine: string
  theirs: string
}

/**
 * Where a change meets one that somebody else has made since. Changes of
 * different fields, and the same change twice, do not clash.
 */
export function findClashes(before: Lead, patch: LeadPatch, theirs: Lead): Clash[] {
  const mine = applyPatch(before, patch)
  const clashes: Clash[] = []
  const compare = (field: string, custom: boolean, get: (lead: Lead) => unknown) => {
    const [a, b, c] = [get(before), get(mine), get(theirs)].map(asText) as [string, string, string]
    if (a !== c && b !== c) clashes.push({ field, custom, before: a, mine: b, theirs: c })
  }
  const { custom, ...fields } = patch
  for (const field of Object.keys(fields) as (keyof typeof fields)[]) {
    compare(field, false, (lead) => lead[field])
  }
  for (const name of Object.keys(custom ?? {})) {
    compare(name, true, (lead) => lead.custom?.[name])
  }
  return clashes
}

function asText(value: unknown): string {
  return Array.isArray(value) ? value.map(wordOf).join(', ') : wordOf(value)
}
