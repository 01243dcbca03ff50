import { useEffect, useRef, useSyncExternalStore } from 'react'

import {
  keysOf,
  onShortcutsChanged,
  registeredShortcuts,
  registerShortcuts,
  type Shortcut,
} from '@/hooks/shortcuts'

/**
 * Offers shortcuts while the component is there: the same entry handles the
 * keys, stands on the sheet (`?`) and is hinted at in the palette.
 */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const latest = useRef(shortcuts)
  useEffect(() => {
    latest.current = shortcuts
  })
  const shape = shortcuts
    .map((each) => `${each.id} ${keysOf(each).join()} ${each.label}`)
    .join('\n')
  useEffect(
    () =>
      registerShortcuts(
        latest.current.map((shortcut) => ({
          ...shortcut,
          // What runs is what the component means now, not when it first offered it.
          run: (event) => latest.current.find(({ id }) => id === shortcut.id)?.run(event),
        })),
      ),
    [shape],
  )
}

/** Every shortcut that works now. */
export function useRegisteredShortcuts(): readonly Shortcut[] {
  return useSyncExternalStore(onShortcutsChanged, registeredShortcuts)
}
