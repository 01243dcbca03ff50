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

/** Announces something that happened; with `undo`, a button or ⌘Z takes it back. */
export function toast(init: ToastInit): void {
  if (init.undo) listenForUndo()
  set([...items.slice(1 - MOST), { ...init, id: nextId++ }])
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

// In a text field ⌘Z belongs to the text.
const TYPING = 'input, textarea, [contenteditable="true"]'
let listening = false

function listenForUndo(): void {
  if (listening) return
  listening = true
  window.addEventListener('keydown', (event) => {
    if (event.key.toLowerCase() !== 'z' || event.shiftKey || event.altKey) return
    if (!(event.metaKey || event.ctrlKey) || event.defaultPrevented) return
    const [target] = event.composedPath()
    if (target instanceof Element && target.closest(TYPING)) return
    if (undoNewest()) event.preventDefault()
  })
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useToasts(): readonly ToastItem[] {
  return useSyncExternalStore(subscribe, () => items)
}
