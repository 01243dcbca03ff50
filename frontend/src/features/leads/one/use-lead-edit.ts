import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { answer, ifVersion } from '@/api/answer'
import type { Lead } from '@/api/contract'
import { leadsGet, leadsUpdate } from '@/api/gen/sdk.gen'
import type { LeadUpdateRequest } from '@/api/gen/types.gen'
import { toProblem } from '@/api/problem'
import { toast } from '@/components/feedback/toast'
import {
  applyPatch,
  type Clash,
  findClashes,
  inversePatch,
  type LeadPatch,
} from '@/features/leads/one/edit'
import { leadKeys } from '@/features/leads/queries'

const STALE = new Set([409, 412])

interface Conflict {
  clashes: Clash[]
  patch: LeadPatch
  label: string
  theirs: Lead
}

interface Change {
  patch: LeadPatch
  /** The lead as it was seen when the change was made. */
  seen: Lead
}

export interface LeadEdit {
  save: (patch: LeadPatch, label: string) => Promise<void>
  conflict: Conflict | null
  /** Puts one's own change over theirs, or leaves theirs. */
  resolve: (keep: 'mine' | 'theirs') => Promise<void>
  pending: boolean
}

/**
 * Changes of a lead: shown at once, taken back when refused. A change that
 * meets another person's is sent again when the two do not touch, and asked
 * about when they do.
 */
export function useLeadEdit(lead: Lead): LeadEdit {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [conflict, setConflict] = useState<Conflict | null>(null)
  // Versions that our own changes led to: a change made while another was on
  // its way was not made in ignorance of it.
  const own = useRef(new Map<number, number>())
  const key = leadKeys.one(lead.id)

  const write = async (patch: LeadPatch, version: number): Promise<Lead> => {
    let at = version
    for (let next = own.current.get(at); next !== undefined; next = own.current.get(at)) at = next
    const body = patch as LeadUpdateRequest
    const saved = (await answer(
      leadsUpdate({ path: { id: lead.id }, body, headers: ifVersion(at) }),
    )) as unknown as Lead
    own.current.set(at, saved.version)
    return saved
  }

  const update = useMutation({
    scope: { id: `lead:${lead.id}` },
    meta: { inPlace: true },
    mutationFn: async ({ patch, seen }: Change): Promise<Lead> => {
      try {
        return await write(patch, seen.version)
      } catch (error) {
        const problem = toProblem(error)
        if (!STALE.has(problem.status) || !isStale(problem.code)) throw error
        const theirs = (await answer(leadsGet({ path: { id: lead.id } }))) as unknown as Lead
        const clashes = findClashes(seen, patch, theirs)
        if (clashes.length === 0) return write(patch, theirs.version)
        throw new ClashError(clashes, theirs)
      }
    },
    onMutate: async ({ patch }) => {
      await client.cancelQueries({ queryKey: key, exact: true })
      const before = client.getQueryData<Lead>(key)
      if (before) client.setQueryData(key, applyPatch(before, patch))
      return { before }
    },
    onError: (error, { patch }, context) => {
      if (error instanceof ClashError) return void client.setQueryData(key, error.theirs)
      const now = client.getQueryData<Lead>(key)
      if (now && context?.before) {
        client.setQueryData(key, applyPatch(now, inversePatch(context.before, patch)))
      }
    },
    onSuccess: (saved) => {
      client.setQueryData(key, saved)
      void client.invalidateQueries({ queryKey: leadKeys.all })
    },
  })

  const change = async (patch: LeadPatch, seen: Lead, label: string, undoable: boolean) => {
    try {
      const saved = await update.mutateAsync({ patch, seen })
      const back = inversePatch(seen, patch)
      toast({
        title: undoable ? t('lead.saved', { field: label }) : t('lead.undone', { field: label }),
        undo: undoable ? () => void change(back, saved, label, false) : undefined,
      })
    } catch (error) {
      if (error instanceof ClashError) {
        return setConflict({ clashes: error.clashes, patch, label, theirs: error.theirs })
      }
      // An undo has no field to show its fault in.
      if (!undoable) return void toast({ tone: 'bad', title: toProblem(error).message })
      throw inWords(error)
    }
  }

  return {
    save: (patch, label) => change(patch, lead, label, true),
    conflict,
    resolve: async (keep) => {
      if (!conflict) return
      if (keep === 'mine') await change(conflict.patch, conflict.theirs, conflict.label, true)
      setConflict(null)
    },
    pending: update.isPending,
  }
}

/** A 409 may also say that an address belongs to another lead, which no newer version mends. */
function isStale(code: string): boolean {
  return code.endsWith('_stale')
}

class ClashError extends Error {
  constructor(
    readonly clashes: Clash[],
    readonly theirs: Lead,
  ) {
    super('Somebody else changed the same field.')
  }
}

/** The fault of the one field that was sent says more than that something was wrong. */
function inWords(error: unknown): Error {
  const problem = toProblem(error)
  return new Error(problem.fields[0]?.message || problem.message)
}
