/** Where a shortcut works, as the sheet groups them. */
export type ShortcutPlace = 'everywhere' | 'list' | 'lead' | 'page'

export interface Shortcut {
  id: string
  /** "j", "shift+x", "mod+k" (⌘ or Ctrl), "g l" (one after the other); of several the first is shown. */
  keys: string | readonly string[]
  /** What it does, in the reader's words. */
  label: string
  where: ShortcutPlace
  /** False when there was nothing to do: the key then keeps its usual meaning. */
  run: (event: KeyboardEvent) => unknown
  /** Meant also for somebody who types; only for keys with ⌘ or Ctrl. */
  typing?: boolean
}

/** Where single keys are text, or move within the thing itself. */
const TYPING =
  'input:not([type="checkbox"], [type="radio"], [type="button"]), textarea, select, [contenteditable]:not([contenteditable="false"]), [role="textbox"], [role="menu"], [role="listbox"], [data-typing]'

/** What Enter and the space bar press by themselves. */
const PRESSED = 'a[href], button, summary, [role="button"], [role="tab"], [role="switch"]'

const NEXT_KEY_MS = 1200

const groups = new Map<object, readonly Shortcut[]>()
const listeners = new Set<() => void>()
let all: readonly Shortcut[] = []
let first: { stroke: string; at: number } | null = null

function changed(): void {
  all = [...groups.values()].flat()
  if (all.length > 0) window.addEventListener('keydown', onKey)
  else window.removeEventListener('keydown', onKey)
  for (const listener of listeners) listener()
}

/** Adds shortcuts until they are taken out again; of two with the same keys the later counts. */
export function registerShortcuts(shortcuts: readonly Shortcut[]): () => void {
  const group = {}
  groups.set(group, shortcuts)
  changed()
  return () => {
    groups.delete(group)
    changed()
  }
}

/** Does what a shortcut's keys would do, from a button. */
export function runShortcut(id: string): void {
  all.findLast((each) => each.id === id)?.run(new KeyboardEvent('keydown'))
}

export function registeredShortcuts(): readonly Shortcut[] {
  return all
}

export function onShortcutsChanged(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function keysOf({ keys }: Pick<Shortcut, 'keys'>): readonly string[] {
  return typeof keys === 'string' ? [keys] : keys
}

/** A key as this file writes it: modifiers in one order, letters small. */
function strokeOf(event: KeyboardEvent): string {
  let key = event.key
  // On a Greek or Cyrillic keyboard the key's place counts, not its letter.
  if (key.length === 1 && key.charCodeAt(0) > 127 && event.code.startsWith('Key')) {
    key = event.code.slice(3)
  }
  const letter = /^[a-z]$/i.test(key)
  // "?" has its shift in it; a letter and a named key have not.
  const shift = event.shiftKey && (letter || key.length > 1)
  const parts = [
    (event.ctrlKey || event.metaKey) && 'mod',
    event.altKey && 'alt',
    shift && 'shift',
    key === ' ' ? 'space' : key.toLowerCase(),
  ]
  return parts.filter(Boolean).join('+')
}

function find(strokes: string, typing: boolean): Shortcut | undefined {
  return all.findLast(
    (each) => (!typing || each.typing) && keysOf(each).some((k) => k.toLowerCase() === strokes),
  )
}

function starts(stroke: string): boolean {
  return all.some((each) => keysOf(each).some((k) => k.toLowerCase().startsWith(stroke + ' ')))
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return
  // A question that is open has to be answered first.
  if (document.querySelector('dialog[open]')) return
  // Looks through shadow roots: an editor in one also has parts that are no text.
  const within = (selector: string) =>
    event.composedPath().some((part) => part instanceof Element && part.matches(selector))
  const typing = within(TYPING)
  const stroke = strokeOf(event)
  if ((stroke === 'enter' || stroke === 'space') && within(PRESSED)) return
  const before = first && event.timeStamp - first.at < NEXT_KEY_MS ? `${first.stroke} ` : ''
  first = null
  const shortcut = (before && find(before + stroke, typing)) || find(stroke, typing)
  if (shortcut) {
    if (shortcut.run(event) !== false) event.preventDefault()
  } else if (!typing && starts(stroke)) {
    first = { stroke, at: event.timeStamp }
  }
}
