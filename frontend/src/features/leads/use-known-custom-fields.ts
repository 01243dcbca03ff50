import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'

import type { Lead } from '@/api/contract'
import { listKeys } from '@/features/leads/list-queries'

/** The names of own fields that leads carry, in the order of letters. */
export function customFieldsOf(leads: readonly Pick<Lead, 'custom'>[]): readonly string[] {
  const names = new Set<string>()
  for (const { custom } of leads) for (const name in custom) names.add(name)
  return [...names].sort((a, b) => a.localeCompare(b))
}

/** The own fields of the leads that lists have loaded, for choosing from. */
export function useKnownCustomFields(): () => readonly string[] {
  const client = useQueryClient()
  return useCallback(() => {
    const pages = client.getQueriesData<Lead[]>({ queryKey: listKeys.pages })
    return customFieldsOf(pages.flatMap(([, leads]) => leads ?? []))
  }, [client])
}
