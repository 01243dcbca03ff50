import { useCallback, useSyncExternalStore } from 'react'

import { type ColumnState, completeColumns } from '@/features/leads/column-list'

export interface ColumnLayout {
  /** Every column, hidden ones too, in order. */
  columns: readonly ColumnState[]
  /** Takes an arrangement up, a saved view's too: what it lacks is added, what is unknown left out. */
  setColumns: (columns: readonly Partial<ColumnState>[]) => void
  /** Back to how the table came. */
  reset: () => void
}

const KEY = 'winnow.leads.layout'
const listeners = new Set<() => void>()
let now: ColumnState[] | null = null

function read(): readonly ColumnState[] {
  now ??= completeColumns(stored())
  return now
}

function stored(): Partial<ColumnState>[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(value) ? value.filter((each) => typeof each === 'object' && each) : []
  } catch {
    return []
  }
}

function write(next: readonly Partial<ColumnState>[]): void {
  now = completeColumns(next)
  try {
    if (next.length > 0) localStorage.setItem(KEY, JSON.stringify(now))
    else localStorage.removeItem(KEY)
  } catch {
    // Without storage the arrangement holds for this page only.
  }
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  const elsewhere = (event: StorageEvent) => {
    if (event.key !== KEY) return
    now = null
    listener()
  }
  addEventListener('storage', elsewhere)
  return () => {
    listeners.delete(listener)
    removeEventListener('storage', elsewhere)
  }
}

/** How the leads table's columns are arranged: one arrangement for all who ask, kept in this browser. */
export function useColumnLayout(): ColumnLayout {
  const columns = useSyncExternalStore(subscribe, read)
  const setColumns = useCallback((next: readonly Partial<ColumnState>[]) => write(next), [])
  const reset = useCallback(() => write([]), [])
  return { columns, setColumns, reset }
}
