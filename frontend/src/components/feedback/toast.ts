import { useSyncExternalStore } from 'react'

interface ToastInit {
  title: string
  detail?: string
  tone?: 'neutral' | 'bad'
  /** Takes the announced change back. */
  undo?: () => void
}

export interface ToastItem extends ToastInit {
  id: number
}

const MOST = 4

let items: readonly ToastItem[] = []
let nextId = 1
const listeners = new Set<() => void>()

function set(next: readonly ToastItem[]): void {
  items = next
  for (const listener of listeners) listener()
}

/** Announces something that happened; with `undo`, a button takes it back. */
export function toast(init: ToastInit): void {
  set([...items.slice(1 - MOST), { ...init, id: nextId++ }])
}

export function dismissToast(id: number): void {
  set(items.filter((item) => item.id !== id))
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useToasts(): readonly ToastItem[] {
  return useSyncExternalStore(subscribe, () => items)
}
