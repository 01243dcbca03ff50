import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'

import { answer, ifVersion } from '@/api/answer'
import type { Duplicate } from '@/api/contract'
import { duplicatesJudge, leadsMerge, mergesRedo, mergesUndo } from '@/api/gen/sdk.gen'
import type { LeadMergeRequest } from '@/api/gen/types.gen'
import { toProblem } from '@/api/problem'
import { toast } from '@/components/feedback/toast'
import { leadName } from '@/features/duplicates/field-words'
import { duplicateKeys } from '@/features/duplicates/queries'
import { renewBesideLists } from '@/features/duplicates/queue-cache'

/** The lists of leads keep their rows in place until they are read anew. */
const LISTS = ['leadlist'] as const

/** Renews what merging and undoing change; a list that nobody looks at is forgotten. */
export async function renew(client: QueryClient): Promise<void> {
  client.removeQueries({ queryKey: LISTS, type: 'inactive' })
  await Promise.all([
    client.invalidateQueries({ queryKey: duplicateKeys.all }),
    client.invalidateQueries({ queryKey: ['leads'] }),
  ])
}

/** The same after a verdict, whose pair is out of the lists already. */
export async function renewOthers(client: QueryClient): Promise<void> {
  client.removeQueries({ queryKey: LISTS, type: 'inactive' })
  await Promise.all([renewBesideLists(client), client.invalidateQueries({ queryKey: ['leads'] })])
}

/** The same where leads come back into a list: their places only the server knows. */
async function relist(client: QueryClient): Promise<void> {
  await renew(client)
  await client.refetchQueries({ queryKey: LISTS, type: 'active' })
}

/** Undoing keeps that the leads are different; whoever takes a verdict back wants to be asked again. */
export async function reopen(pairId: string, version?: number): Promise<Duplicate> {
  const judged = await answer(
    duplicatesJudge({
      path: { id: pairId },
      body: { verdict: 'open' },
      headers: version === undefined ? undefined : ifVersion(version),
    }),
  )
  return judged.pair as unknown as Duplicate
}

/** The address at which a merge's undoing asks what only a person can decide. */
export const UNDO_PARAM = 'undo'

/** Runs an undoing; where it asks something, it goes on at the lead, which asks. False then. */
export function useUndoOrAsk() {
  const navigate = useNavigate()
  return async (mergeId: string, leadId: string, undo: () => Promise<unknown>) => {
    try {
      await undo()
      return true
    } catch (error) {
      if (toProblem(error).code !== 'merge_questions') throw error
      await navigate(`/leads/${leadId}?${UNDO_PARAM}=${mergeId}`)
      return false
    }
  }
}

/** Merges leads, and says so with an undo. */
export function useMergeLeads() {
  const client = useQueryClient()
  const { t } = useTranslation()
  const undo = useUndoMerge()
  const undoOrAsk = useUndoOrAsk()
  return useMutation({
    mutationFn: (body: LeadMergeRequest) => answer(leadsMerge({ body })),
    onSuccess: async (done) => {
      const id = done.merge_id
      toast({
        title: t('duplicate.mergedInto', { name: leadName(done.survivor, t) }),
        undo:
          id === null
            ? undefined
            : () => undoOrAsk(id, done.survivor.id, () => undo.mutateAsync({ id })),
      })
      await renew(client)
    },
    meta: { inPlace: true },
  })
}

interface Undoing {
  id: string
  answers?: Record<string, string>
}

/** Takes a merge back, and says so with a way to do it again. */
export function useUndoMerge() {
  const client = useQueryClient()
  const { t } = useTranslation()
  const redo = useRedoMerge()
  return useMutation({
    mutationFn: ({ id, answers }: Undoing) =>
      answer(mergesUndo({ path: { id }, body: { answers } })),
    onSuccess: async (done, { id }) => {
      toast({
        title: t('duplicate.unmerged', { count: done.leads.length }),
        undo: () => redo.mutateAsync(id),
      })
      await relist(client)
    },
    meta: { inPlace: true },
  })
}

function useRedoMerge() {
  const client = useQueryClient()
  const { t } = useTranslation()
  return useMutation({
    mutationFn: (id: string) => answer(mergesRedo({ path: { id }, body: {} })),
    onSuccess: async () => {
      toast({ title: t('duplicate.remerged') })
      await relist(client)
    },
    meta: { inPlace: true },
  })
}
