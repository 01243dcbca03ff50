import type { QueryClient } from '@tanstack/react-query'
import type { TFunction } from 'i18next'

import { answer, ifVersion } from '@/api/answer'
import type { Lead } from '@/api/contract'
import { leadsGet, leadsUpdate } from '@/api/gen/sdk.gen'
import type { LeadUpdateRequest } from '@/api/gen/types.gen'
import { toProblem } from '@/api/problem'
import { toast } from '@/components/feedback/toast'
import { holdRow, patchRows } from '@/features/leads/list-queries'
import {
  applyPatch,
  type Clash,
  findClashes,
  inversePatch,
  type LeadPatch,
} from '@/features/leads/one/edit'
import { leadKeys } from '@/features/leads/queries'

/** One change of one lead, as it was seen when the change was made. */
export interface RowChange {
  lead: Lead
  patch: LeadPatch
  label: string
}

export interface RowConflict extends RowChange {
  clashes: Clash[]
  theirs: Lead
}

interface Host {
  client: QueryClient
  t: TFunction
  /** Shows both values and hears which one stays. */
  ask: (conflict: RowConflict) => Promise<'mine' | 'theirs'>
}

const STALE = new Set([409, 412])

/**
 * Saves changes made in the table: shown at once, taken back when refused,
 * asked about when somebody else changed the same thing meanwhile. Changes of
 * one lead go one after the other.
 */
export function createRowSaver({ client, t, ask }: Host): (change: RowChange) => Promise<void> {
  const last = new Map<string, Promise<unknown>>()
  // Versions that our own changes led to: a change made while another was on its way knows of it.
  const own = new Map<string, number>()

  const show = (lead: Lead) => {
    patchRows(client, [lead], true)
    client.setQueryData<Lead>(
      leadKeys.one(lead.id),
      (seen) => seen && { ...lead, highlights: seen.highlights },
    )
  }
  const write = async (id: string, patch: LeadPatch, version: number): Promise<Lead> => {
    let at = version
    for (let next = own.get(`${id}:${at}`); next !== undefined; next = own.get(`${id}:${at}`)) {
      at = next
    }
    const body = patch as LeadUpdateRequest
    const saved = await answer(leadsUpdate({ path: { id }, body, headers: ifVersion(at) }))
    own.set(`${id}:${at}`, saved.version)
    return saved as unknown as Lead
  }
  /** Sends a change again over a newer version, unless both are about the same thing. */
  const writeOver = async ({ lead, patch }: RowChange): Promise<Lead> => {
    try {
      return await write(lead.id, patch, lead.version)
    } catch (error) {
      const problem = toProblem(error)
      if (!STALE.has(problem.status) || !problem.code.endsWith('_stale')) throw error
      const theirs = (await answer(leadsGet({ path: { id: lead.id } }))) as unknown as Lead
      const clashes = findClashes(lead, patch, theirs)
      if (clashes.length === 0) return write(lead.id, patch, theirs.version)
      throw new ClashError(clashes, theirs)
    }
  }

  const save = async (change: RowChange, undoable: boolean): Promise<void> => {
    const { lead, patch, label } = change
    const release = holdRow(lead.id)
    show(applyPatch(lead, patch))
    try {
      const saved = await writeOver(change)
      show(saved)
      void client.invalidateQueries({ queryKey: leadKeys.one(lead.id) })
      const back = { lead: saved, patch: inversePatch(lead, patch), label }
      toast({
        title: undoable ? t('lead.saved', { field: label }) : t('lead.undone', { field: label }),
        undo: undoable ? () => queued(back, false) : undefined,
      })
    } catch (error) {
      await refused(error, change)
    } finally {
      release()
    }
  }

  const refused = async (error: unknown, { lead, patch, label }: RowChange): Promise<void> => {
    if (error instanceof ClashError) {
      const { theirs, clashes } = error
      show(theirs)
      const keep = await ask({ lead, patch, label, clashes, theirs })
      if (keep === 'mine') await save({ lead: theirs, patch, label }, true)
      return
    }
    show(lead)
    const problem = toProblem(error)
    toast({
      tone: 'bad',
      title: t('table.notSaved', { name: label }),
      detail:
        problem.code === 'offline'
          ? t('error.offline')
          : problem.fields[0]?.message || problem.message,
    })
  }

  const queued = (change: RowChange, undoable: boolean): Promise<void> => {
    const before = last.get(change.lead.id) ?? Promise.resolve()
    const mine = before.then(() => save(change, undoable))
    last.set(change.lead.id, mine)
    void mine.finally(() => last.get(change.lead.id) === mine && last.delete(change.lead.id))
    return mine
  }
  return (change) => queued(change, true)
}

class ClashError extends Error {
  constructor(
    readonly clashes: Clash[],
    readonly theirs: Lead,
  ) {
    super('Somebody else changed the same field.')
  }
}
