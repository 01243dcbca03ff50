import { useState } from 'react'

/** State that this browser remembers; a broken or missing entry gives the first value. */
export function useStored<T>(key: string, first: T): [T, (value: T) => void] {
  const [value, setValue] = useState<T>(() => {
    try {
      const text = localStorage.getItem(key)
      return text ? (JSON.parse(text) as T) : first
    } catch {
      return first
    }
  })
  return [
    value,
    (next) => {
      setValue(next)
      try {
        localStorage.setItem(key, JSON.stringify(next))
      } catch {
        // Without storage the choice holds for this page only.
      }
    },
  ]
}
