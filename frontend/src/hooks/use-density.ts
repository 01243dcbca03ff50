import { useSyncExternalStore } from 'react'

export type Density = 'comfortable' | 'compact'

const KEY = 'winnow.density'
const listeners = new Set<() => void>()

function read(): Density {
  return document.documentElement.dataset.density === 'compact' ? 'compact' : 'comfortable'
}

/** How tall rows and controls are, and its setter; public/theme.js applies it before first paint. */
export function useDensity(): [Density, (density: Density) => void] {
  const density = useSyncExternalStore((changed) => {
    listeners.add(changed)
    return () => listeners.delete(changed)
  }, read)
  return [density, setDensity]
}

export function setDensity(next: Density): void {
  try {
    localStorage.setItem(KEY, next)
  } catch {
    // Without storage the choice holds for this page only.
  }
  document.documentElement.dataset.density = next
  for (const listener of listeners) listener()
}
