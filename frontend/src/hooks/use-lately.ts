import { useState } from 'react'

/** Code that is fetched when somebody first reaches for it, once for the whole app. */
export interface Late<T> {
  ready: T | null
  load: () => Promise<T>
}

export function late<T>(load: () => Promise<T>): Late<T> {
  const self: Late<T> = {
    ready: null,
    load: async () => (self.ready ??= await load()),
  }
  return self
}

/** What was fetched, or null, and how to ask for it. A fetch that fails can be asked for again. */
export function useLately<T extends object>(code: Late<T>): [T | null, () => Promise<void>] {
  const [value, setValue] = useState(() => code.ready)
  const want = async () => {
    const loaded = await code.load()
    setValue(() => loaded)
  }
  return [value, want]
}
