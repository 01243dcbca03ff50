import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import { answer, ifVersion } from '@/api/answer'
import type { DuplicateState } from '@/api/contract'
import { companiesJudge, companiesMerges, companiesPairs, companiesUndo } from '@/api/gen/sdk.gen'
import type { CompanyPair, CompanyVerdict } from '@/api/gen/types.gen'
import { toast } from '@/components/feedback/toast'
import type { Filled } from '@/types/filled'

export type FirmPair = Filled<CompanyPair>
export type FirmVerdict = CompanyVerdict['verdict']

const KEY = ['companies'] as const
const PAGE = 50

/** Pairs of companies that may be the same, the surest first. */
export function firmPairsQuery(state: DuplicateState) {
  return infiniteQueryOptions({
    queryKey: [...KEY, 'pairs', state] as const,
    queryFn: async ({ pageParam, signal }) =>
      await answer(
        companiesPairs({ signal, query: { state, limit: PAGE, cursor: pageParam || undefined } }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next_cursor,
  })
}

/** Which companies were merged, newest first. */
export const firmMergesQuery = queryOptions({
  queryKey: [...KEY, 'merges'] as const,
  queryFn: async ({ signal }) => (await answer(companiesMerges({ signal }))).items,
})

interface Given {
  pair: FirmPair
  verdict: FirmVerdict
  survivor?: string
}

/** Says whether two companies are the same, with an undo. */
export function useJudgeFirms() {
  const client = useQueryClient()
  const { t } = useTranslation()
  const renew = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: KEY }),
      client.invalidateQueries({ queryKey: ['leads'] }),
    ])
  const say = (pair: FirmPair, body: CompanyVerdict, version?: number) =>
    answer(
      companiesJudge({
        path: { id: pair.id },
        body,
        headers: version === undefined ? undefined : ifVersion(version),
      }),
    )
  return useMutation({
    mutationFn: ({ pair, verdict, survivor }: Given) =>
      say(pair, { verdict, survivor_id: survivor }, pair.version),
    onSuccess: async (_done, { pair, verdict }) => {
      toast({
        title: t(`company.said.${verdict}`),
        undo:
          verdict === 'open'
            ? undefined
            : async () => {
                if (verdict === 'merge') {
                  const merges = await client.fetchQuery({ ...firmMergesQuery, staleTime: 0 })
                  const names = [pair.a.name, pair.b.name]
                  const made = merges.find(
                    ({ state, into, from }) =>
                      state === 'done' && names.includes(into) && names.includes(from),
                  )
                  if (made) await answer(companiesUndo({ path: { id: made.id } }))
                }
                await say(pair, { verdict: 'open' })
                await renew()
              },
      })
      await renew()
    },
    // Somebody may have judged the pair meanwhile.
    onError: renew,
  })
}

/** Lets a merged company stand alone again. */
export function useUndoFirms() {
  const client = useQueryClient()
  const { t } = useTranslation()
  return useMutation({
    mutationFn: (id: string) => answer(companiesUndo({ path: { id } })),
    onSuccess: async () => {
      toast({ title: t('company.unmerged') })
      await Promise.all([
        client.invalidateQueries({ queryKey: KEY }),
        client.invalidateQueries({ queryKey: ['leads'] }),
      ])
    },
  })
}
