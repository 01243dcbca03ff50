import { useEffect, useSyncExternalStore } from 'react'

export type ThemeChoice = 'system' | 'light' | 'dark'

const KEY = 'winnow.theme'
const listeners = new Set<() => void>()

function read(): ThemeChoice {
  try {
    const stored = localStorage.getItem(KEY)
    return stored === 'light' || stored === 'dark' ? stored : 'system'
  } catch {
    return 'system'
  }
}

function apply(choice: ThemeChoice): void {
  const dark =
    choice === 'dark' || (choice === 'system' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.dataset.theme = dark ? 'dark' : 'light'
}

/** The chosen theme and its setter; public/theme.js applies it before first paint. */
export function useTheme(): [ThemeChoice, (choice: ThemeChoice) => void] {
  const choice = useSyncExternalStore((changed) => {
    listeners.add(changed)
    return () => listeners.delete(changed)
  }, read)

  useEffect(() => {
    const system = matchMedia('(prefers-color-scheme: dark)')
    const follow = () => apply(read())
    system.addEventListener('change', follow)
    return () => system.removeEventListener('change', follow)
  }, [])

  return [choice, setTheme]
}

export function setTheme(next: ThemeChoice): void {
  try {
    localStorage.setItem(KEY, next)
  } catch {
    // Without storage the choice holds for this page only.
  }
  apply(next)
  for (const listener of listeners) listener()
}
