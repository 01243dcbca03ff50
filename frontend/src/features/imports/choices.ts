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
  /** Only the columns whose guess was changed. */
  mapping: Mapping
}

export const NO_CHOICES: Choices = {
  encoding: '',
  delimiter: '',
  sheet: '',
  headerRow: null,
  region: '',
  dateOrder: '',
  mapping: {},
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
    return { ...NO_CHOICES, ...stored }
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
