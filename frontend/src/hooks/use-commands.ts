import { useEffect, useRef, useSyncExternalStore } from 'react'

/** Something that can be done on the page that is open; the palette offers it first. */
export interface Command {
  id: string
  label: string
  run: () => void
}

const offered = new Map<object, readonly Command[]>()
const listeners = new Set<() => void>()
let all: readonly Command[] = []

function changed(): void {
  all = [...offered.values()].flat()
  for (const listener of listeners) listener()
}

/** Offers commands while the component is there. Only those that the viewer may do. */
export function useCommands(commands: readonly Command[]): void {
  const latest = useRef(commands)
  useEffect(() => {
    latest.current = commands
  })
  const shape = commands.map(({ id, label }) => `${id}\n${label}`).join('\n')
  useEffect(() => {
    const key = {}
    offered.set(
      key,
      latest.current.map((command) => ({
        ...command,
        // What runs is what the component means now, not when it first offered it.
        run: () => latest.current.find(({ id }) => id === command.id)?.run(),
      })),
    )
    changed()
    return () => {
      offered.delete(key)
      changed()
    }
  }, [shape])
}

/** What the open page offers. */
export function useOfferedCommands(): readonly Command[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => all,
  )
}
