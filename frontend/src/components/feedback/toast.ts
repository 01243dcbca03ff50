import i18next from 'i18next'
import { useSyncExternalStore } from 'react'

import { asProblem } from '@/utils/problem-fields'

interface ToastInit {
  title: string
  detail?: string
  tone?: 'neutral' | 'bad'
  /** Takes the announced change back. */
  undo?: () => unknown
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

/** Announces something that happened; with `undo`, a button or ⌘Z (the frame's shortcut) takes it back. Answers its id. */
export function toast(init: ToastInit): number {
  const id = nextId++
  set([...items.slice(1 - MOST), { ...init, id }])
  return id
}

export function dismissToast(id: number): void {
  set(items.filter((item) => item.id !== id))
}

/** Takes one announced change back, once; says so when that fails. */
export async function undoToast(id: number): Promise<void> {
  const item = items.find((each) => each.id === id)
  if (!item?.undo) return
  dismissToast(id)
  try {
    await item.undo()
  } catch (error) {
    const { message } = asProblem(error)
    toast({ tone: 'bad', title: i18next.t('toast.undoFailed'), detail: message })
  }
}

/** Takes the newest announced change back; false when none is shown. */
export function undoNewest(): boolean {
  const newest = items.findLast((item) => item.undo)
  if (newest) void undoToast(newest.id)
  return !!newest
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useToasts(): readonly ToastItem[] {
  return useSyncExternalStore(subscribe, () => items)
}
