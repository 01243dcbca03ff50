import { useCallback, useSyncExternalStore } from 'react'

import { type ColumnState, completeColumns } from '@/features/leads/column-list'

export interface ColumnLayout {
  /** Every column, hidden ones too, in order. */
  columns: readonly ColumnState[]
  /** Takes an arrangement up, a saved view's too: what it lacks is added, what is unknown left out. */
  setColumns: (columns: readonly Partial<ColumnState>[]) => void
  /** Back to how the table came, or to how the saved view has it. */
  reset: () => void
}

const KEY = 'winnow.leads.layout'
const listeners = new Set<() => void>()
let now: ColumnState[] | null = null
/** The saved view whose arrangement it is, empty for all leads, and how that view has it. */
let shown: { key: string; saved: string } = { key: KEY, saved: '[]' }

function read(): readonly ColumnState[] {
  now ??= completeColumns(parsed(stored()) ?? parsed(shown.saved) ?? [])
  return now
}

function stored(): string | null {
  try {
    return localStorage.getItem(shown.key)
  } catch {
    return null
  }
}

function parsed(text: string | null): Partial<ColumnState>[] | null {
  try {
    const value: unknown = JSON.parse(text ?? '')
    return Array.isArray(value) ? value.filter((each) => typeof each === 'object' && each) : null
  } catch {
    return null
  }
}

function tell(): void {
  for (const listener of listeners) listener()
}

function write(next: readonly Partial<ColumnState>[]): void {
  now = next.length > 0 ? completeColumns(next) : null
  try {
    if (now) localStorage.setItem(shown.key, JSON.stringify(now))
    else localStorage.removeItem(shown.key)
  } catch {
    // Without storage the arrangement holds for this page only.
  }
  tell()
}

/**
 * Turns to the arrangement of a saved view ("" for all leads): as this browser
 * has changed it, else as the view has it.
 */
export function showLayout(view: string, saved: readonly Partial<ColumnState>[]): void {
  const next = { key: view ? `${KEY}.${view}` : KEY, saved: JSON.stringify(saved) }
  if (next.key === shown.key && next.saved === shown.saved) return
  shown = next
  now = null
  tell()
}

/** Takes away what this browser keeps of a view's arrangement: it was saved, or the view is gone. */
export function forgetLayout(view: string): void {
  try {
    localStorage.removeItem(`${KEY}.${view}`)
  } catch {
    // Nothing is kept without storage.
  }
  if (shown.key === `${KEY}.${view}`) now = null
  tell()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  const elsewhere = (event: StorageEvent) => {
    if (event.key !== shown.key) return
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
