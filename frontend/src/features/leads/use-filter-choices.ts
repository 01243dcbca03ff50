import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'

import { answer } from '@/api/answer'
import { batchesList, importsList, profileGet } from '@/api/gen/sdk.gen'
import { peopleQuery } from '@/api/people'
import type { ChoicesOf, FieldChoices } from '@/components/filter-builder/choices'
import { useKnownTags } from '@/features/leads/use-known-tags'
import { useCan } from '@/hooks/use-can'
import { formatExact, formatNumber } from '@/utils/format'
import { regionChoices } from '@/utils/regions'

/** A word of the filter, or the builder being open, asks for the names behind ids. */
const ASKS = {
  people: /\bowner/i,
  pains: /\bpain\b|\btop_pain\b/i,
  imports: /\bimport\b/i,
  batches: /\bbatch\b/i,
}

const STALE_MS = 60_000

/** What there is to choose from for each field of a filter, from what the server knows. */
export function useFilterChoices(filter: string, building: boolean, sources: string[]): ChoicesOf {
  const { t } = useTranslation()
  const can = useCan()
  const knownTags = useKnownTags()
  const asks = (what: keyof typeof ASKS) => building || ASKS[what].test(filter)
  const people = useQuery({ ...peopleQuery, enabled: can('users.list') && asks('people') }).data
  const pains = useQuery({
    queryKey: ['profile', 'pains'] as const,
    queryFn: async ({ signal }) => painsOf(await answer(profileGet({ signal }))),
    enabled: can('profile.get') && asks('pains'),
    staleTime: STALE_MS,
  }).data
  const imports = useQuery({
    queryKey: ['imports', 'choices'] as const,
    queryFn: async ({ signal }) =>
      (await answer(importsList({ query: { limit: 50 }, signal }))).items.map((each) => ({
        value: each.id,
        label: each.filename || each.id.slice(0, 8),
        note: formatExact(each.created_at),
      })),
    enabled: can('imports.list') && asks('imports'),
    staleTime: STALE_MS,
  }).data
  const batches = useQuery({
    queryKey: ['batches', 'choices'] as const,
    queryFn: async ({ signal }) =>
      (await answer(batchesList({ query: { limit: 50 }, signal }))).items.map((each) => ({
        value: each.id,
        label: formatExact(each.created_at),
        note: t('bulk.selected', { count: each.total, n: formatNumber(each.total) }),
      })),
    enabled: can('batches.list') && asks('batches'),
    staleTime: STALE_MS,
  }).data

  const owners = useMemo(
    () => [
      { value: 'me', label: t('filter.me') },
      ...(people ?? []).map(({ id, name, email }) => ({
        value: id,
        label: name || email,
        note: name && email,
      })),
    ],
    [people, t],
  )
  return useCallback(
    (field: string): FieldChoices | null => {
      switch (field) {
        case 'owner':
        case 'owner_id':
          return { options: owners, open: false }
        case 'source':
          return { options: sources.map((value) => ({ value, label: value })), open: true }
        case 'pain':
        case 'top_pain':
          return { options: pains ?? [], open: true }
        case 'import':
          return { options: imports ?? [], open: false }
        case 'batch':
          return { options: batches ?? [], open: false }
        case 'country':
          return { options: regionChoices(), open: true }
        case 'tags':
          return { options: knownTags().map((value) => ({ value, label: value })), open: true }
        default:
          return null
      }
    },
    [owners, sources, pains, imports, batches, knownTags],
  )
}

function painsOf(profile: { set: unknown }): { value: string; label: string }[] {
  const set = profile.set as { pain_points?: { pain_points?: { id: string; name?: string }[] } }
  return (set.pain_points?.pain_points ?? []).map(({ id, name }) => ({
    value: id,
    label: name || id,
  }))
}
