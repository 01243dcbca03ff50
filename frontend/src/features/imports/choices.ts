import { useCallback, useEffect, useState } from 'react'

import type { ImportPreview } from '@/api/contract'

/** Column name to lead field; null leaves the column out. */
export type Mapping = Record<string, string | null>

/** What somebody says about a file. Empty words and null leave it to the server's finding. */
export interface Choices {
  encoding: string
  delimiter: string
  sheet: string
  headerRow: number | null
  region: string
  dateOrder: string
  /** Start from the guesses, not from the mapping of the last file with these columns. */
  fresh: boolean
  /** Only the columns whose guess was changed. */
  mapping: Mapping
  rules: Rules
}

/** Which rows come in, and what known leads take from theirs. */
export interface Rules {
  rows: 'all' | 'create' | 'update'
  known: 'fill' | 'overwrite'
  clearEmpty: boolean
  /** What tells a known lead; empty for everything. */
  match: string[]
  tags: string[]
  ownerId: string | null
  /** Field to the value of rows that have none. */
  defaults: Record<string, string>
}

export const NO_RULES: Rules = {
  rows: 'all',
  known: 'fill',
  clearEmpty: false,
  match: [],
  tags: [],
  ownerId: null,
  defaults: {},
}

export const MATCHES = ['email', 'phone', 'linkedin_url', 'source_id'] as const
export const DEFAULTS = [
  'company',
  'title',
  'industry',
  'location',
  'country',
  'company_size',
  'language',
] as const

export const NO_CHOICES: Choices = {
  encoding: '',
  delimiter: '',
  sheet: '',
  headerRow: null,
  region: '',
  dateOrder: '',
  fresh: false,
  mapping: {},
  rules: NO_RULES,
}

/** The choices about one file, kept for this tab, so that Back and a reload find them again. */
export function useChoices(importId: string) {
  const key = `winnow.import.${importId}`
  const [choices, setChoices] = useState<Choices>(() => read(key))
  useEffect(() => {
    try {
      sessionStorage.setItem(key, JSON.stringify(choices))
    } catch {
      // Without storage the choices hold until the page is left.
    }
  }, [key, choices])
  const change = useCallback(
    (part: Partial<Choices>) => setChoices((before) => ({ ...before, ...part })),
    [],
  )
  const choose = useCallback(
    (header: string, field: string | null) =>
      setChoices((before) => ({ ...before, mapping: { ...before.mapping, [header]: field } })),
    [],
  )
  return { choices, change, choose }
}

function read(key: string): Choices {
  try {
    const stored = JSON.parse(sessionStorage.getItem(key) ?? '{}') as Partial<Choices>
    return { ...NO_CHOICES, ...stored, rules: { ...NO_RULES, ...stored.rules } }
  } catch {
    return NO_CHOICES
  }
}

/** The mapping as it stands: the server's guesses, then what was changed. */
export function mappingOf(preview: ImportPreview, changed: Mapping): Mapping {
  return Object.fromEntries(
    preview.columns.map(({ header, field }) => [
      header,
      Object.hasOwn(changed, header) ? (changed[header] ?? null) : field,
    ]),
  )
}

/** Only changes about columns that the file has as it is read now, and only real ones. */
export function sentMapping(preview: ImportPreview, changed: Mapping): Mapping {
  const guesses = new Map(preview.columns.map((column) => [column.header, column.field]))
  return Object.fromEntries(
    Object.entries(changed).filter(
      ([header, field]) => guesses.has(header) && guesses.get(header) !== field,
    ),
  )
}

/** Lead fields that more than one column fills, each with its columns. */
export function sharedFields(mapping: Mapping): Map<string, string[]> {
  const columns = new Map<string, string[]>()
  for (const [header, field] of Object.entries(mapping)) {
    if (field) columns.set(field, [...(columns.get(field) ?? []), header])
  }
  return new Map([...columns].filter(([, headers]) => headers.length > 1))
}

/** The name under which a column is kept as a field of the user's own. */
export function ownField(header: string): string {
  const name = header
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '')
  return `custom.${name || 'column'}`
}

/** The rules as the contract has them: what does not apply is left out. */
export function wireRules(rules: Rules) {
  const overwrite = rules.rows !== 'create' && rules.known === 'overwrite'
  return {
    rows: rules.rows,
    known: overwrite ? ('overwrite' as const) : ('fill' as const),
    clear_empty: overwrite && rules.clearEmpty,
    match: rules.match,
    tags: rules.tags,
    owner_id: rules.ownerId,
    defaults: Object.fromEntries(
      Object.entries(rules.defaults).filter(([, value]) => value.trim() !== ''),
    ),
  }
}

/** How many of the rules are not as they are at first. */
export function changedRules(rules: Rules): number {
  const sent = wireRules(rules)
  const plain = wireRules(NO_RULES)
  return (Object.keys(sent) as (keyof typeof sent)[]).filter(
    (key) => JSON.stringify(sent[key]) !== JSON.stringify(plain[key]),
  ).length
}
