import { useMemo, useRef, useState } from 'react'

/** Rows picked one by one, or "everything that matches" beyond what is loaded. */
export interface RowSelection {
  ids: ReadonlySet<string>
  everything: boolean
  count: number | 'all'
  has: (id: string) => boolean
  /** Toggles a row; with `range`, gives every row since the last toggled one its state. */
  toggle: (id: string, range?: boolean) => void
  /** Selects the rows from one to another. */
  extend: (from: string, to: string) => void
  toggleLoaded: () => void
  selectEverything: () => void
  clear: () => void
}

const NONE: ReadonlySet<string> = new Set()

export function useRowSelection(loaded: readonly string[]): RowSelection {
  const [ids, setIds] = useState(NONE)
  const [everything, setEverything] = useState(false)
  const last = useRef<string | null>(null)

  return useMemo(() => {
    const clear = () => {
      setIds(NONE)
      setEverything(false)
    }
    const toggle = (id: string, range = false) => {
      const next = new Set(everything ? loaded : ids)
      const on = !next.has(id)
      for (const each of range ? between(loaded, last.current, id) : [id]) {
        if (on) next.add(each)
        else next.delete(each)
      }
      last.current = id
      setEverything(false)
      setIds(next)
    }
    return {
      ids,
      everything,
      count: everything ? 'all' : ids.size,
      has: (id) => everything || ids.has(id),
      toggle,
      extend: (from, to) => {
        last.current = to
        setIds(new Set([...ids, ...between(loaded, from, to)]))
      },
      toggleLoaded: () => {
        if (everything || loaded.every((id) => ids.has(id))) clear()
        else setIds(new Set(loaded))
      },
      selectEverything: () => setEverything(true),
      clear,
    }
  }, [ids, everything, loaded])
}

function between(order: readonly string[], from: string | null, to: string): readonly string[] {
  const a = from === null ? -1 : order.indexOf(from)
  const b = order.indexOf(to)
  return a < 0 || b < 0 ? [to] : order.slice(Math.min(a, b), Math.max(a, b) + 1)
}
