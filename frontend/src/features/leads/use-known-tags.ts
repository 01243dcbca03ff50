import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'

import type { Lead } from '@/api/contract'
import { listKeys } from '@/features/leads/list-queries'

/** The tags of the leads that lists have loaded, for choosing from. */
export function useKnownTags(): () => readonly string[] {
  const client = useQueryClient()
  return useCallback(() => {
    const pages = client.getQueriesData<Lead[]>({ queryKey: listKeys.pages })
    const tags = pages.flatMap(([, leads]) => leads?.flatMap((lead) => lead.tags) ?? [])
    return [...new Set(tags)].sort()
  }, [client])
}
