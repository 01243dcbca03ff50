import { useQueryClient } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Lead, User } from '@/api/contract'
import type { GridEditing } from '@/components/data-table/data-grid'
import type { Place } from '@/components/data-table/grid-types'
import { toast } from '@/components/feedback/toast'
import type { RowConflict } from '@/features/leads/inline/save-row'
import { refusal } from '@/features/leads/inline/rights'
import type { LeadPatch } from '@/features/leads/one/edit'
import { useCan } from '@/hooks/use-can'
import { late, useLately } from '@/hooks/use-lately'

/** What editing needs is fetched after the table has been painted. */
const editing = late(async () => {
  const [{ CellEditor }, { createRowSaver }] = await Promise.all([
    import('@/features/leads/inline/cell-editor'),
    import('@/features/leads/inline/save-row'),
  ])
  return { CellEditor, createRowSaver }
})
const ConflictDialog = lazy(async () => ({
  default: (await import('@/features/leads/one/conflict-dialog')).ConflictDialog,
}))

interface Open {
  id: string
  column: string
  typed: string | null
}

interface Asked {
  place: Place
  conflict: RowConflict
  answer: (keep: 'mine' | 'theirs') => void
}

interface InlineEditOptions {
  me: User | undefined
  people: readonly User[]
  /** The grid's columns in order, from the place where they begin. */
  columns: readonly { id: string; title: string }[]
  before: number
  at: (index: number) => Lead | undefined
  ids: readonly string[]
  onMove: (place: Place) => void
}

/** Editing cells of the leads table where they stand. */
export function useInlineEdit(options: InlineEditOptions): {
  editing: GridEditing<Lead>
  dialog: ReactNode
} {
  const { me, people, columns, before, at, ids, onMove } = options
  const { t } = useTranslation()
  const can = useCan()
  const client = useQueryClient()
  const [code, load] = useLately(editing)
  const [open, setOpen] = useState<Open | null>(null)
  const [asked, setAsked] = useState<Asked | null>(null)
  const saver = useRef<ReturnType<NonNullable<typeof code>['createRowSaver']> | null>(null)
  const lastPlace = useRef<Place>({ row: 0, col: 1 })
  const mayEdit = can('leads.update')
  useWhenIdle(mayEdit, load)

  const place = useMemo((): Place | null => {
    if (!open) return null
    const row = ids.indexOf(open.id)
    const col = columns.findIndex(({ id }) => id === open.column)
    return row < 0 || col < 0 ? null : { row, col: col + before }
  }, [open, ids, columns, before])

  const begin = ({ row, col }: Place, typed: string | null): boolean => {
    const lead = at(row)
    const column = columns[col - before]?.id
    if (!lead || !column) return false
    const no = refusal(lead, column, me, can)
    if (no === 'never') return false
    if (no) {
      toast({ title: no === 'unclaimed' ? t('lead.claimFirst') : t('lead.othersLead') })
      return true
    }
    void load().catch(() => toast({ tone: 'bad', title: t('error.offline') }))
    setOpen({ id: lead.id, column, typed })
    return true
  }

  const done = (lead: Lead, label: string) => (patch: LeadPatch | null, move?: -1 | 1) => {
    setOpen(null)
    if (place && move) onMove({ row: place.row, col: place.col + move })
    if (place) lastPlace.current = place
    if (!patch || !code) return
    saver.current ??= code.createRowSaver({
      client,
      t,
      ask: (conflict) =>
        new Promise((answer) => setAsked({ conflict, answer, place: lastPlace.current })),
    })
    void saver.current({ lead, patch, label })
  }

  const render = (lead: Lead, column: string): ReactNode => {
    const label = columns.find(({ id }) => id === column)?.title ?? ''
    if (!open || !code) return null
    return (
      <code.CellEditor
        lead={lead}
        column={column}
        typed={open.typed}
        label={label}
        people={people}
        t={t}
        onDone={done(lead, label)}
      />
    )
  }
  const resolve = (keep: 'mine' | 'theirs') => {
    asked?.answer(keep)
    setAsked(null)
    // The dialog took the focus; the cell has it back.
    if (asked) onMove({ ...asked.place })
    return Promise.resolve()
  }
  return {
    editing: { place: code ? place : null, begin, render },
    dialog: asked && (
      <Suspense>
        <ConflictDialog
          open
          edit={{
            conflict: asked.conflict,
            resolve,
            pending: false,
            save: () => Promise.resolve(),
          }}
        />
      </Suspense>
    ),
  }
}

/** Fetches what will be needed once the page has nothing better to do. */
function useWhenIdle(wanted: boolean, load: () => Promise<void>): void {
  const latest = useRef(load)
  useEffect(() => {
    latest.current = load
  })
  useEffect(() => {
    if (!wanted) return
    // A fetch that fails here is asked for again by the first edit.
    const timer = setTimeout(() => void latest.current().catch(() => undefined), 1500)
    return () => clearTimeout(timer)
  }, [wanted])
}
