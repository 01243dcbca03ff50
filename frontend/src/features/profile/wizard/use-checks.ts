import { useQueries, useQueryClient } from '@tanstack/react-query'

import type { ProfileKind } from '@/api/contract'
import { type Documents, KINDS, validateQuery } from '@/features/profile/queries'
import type { ErrorsOf } from '@/features/profile/wizard/faults'
import { useDebounced } from '@/hooks/use-debounced'

/** What the server finds wrong with the documents: as they stand after a pause in typing, and on demand at once. */
export function useChecks(texts: Documents) {
  const client = useQueryClient()
  const settled = useDebounced(texts, 350)
  const checks = useQueries({
    queries: KINDS.map((kind) => validateQuery(kind, settled[kind])),
  })
  const check = async (now: Documents): Promise<ErrorsOf> => {
    const answers = await Promise.all(
      KINDS.map((kind) => client.fetchQuery(validateQuery(kind, now[kind]))),
    )
    return Object.fromEntries(KINDS.map((kind, i) => [kind, answers[i]!.errors]))
  }
  // What was just checked on demand is known before the pause is over.
  const known = (kind: ProfileKind) =>
    client.getQueryData(validateQuery(kind, texts[kind]).queryKey)?.errors
  const errors: ErrorsOf = Object.fromEntries(
    KINDS.map((kind, i) => [kind, known(kind) ?? checks[i]!.data?.errors ?? []]),
  )
  return { errors, check }
}
