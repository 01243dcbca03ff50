import { useState } from 'react'

interface Held<T> {
  value: T
  /** For the element whose content must stay while a pointer or the focus is in it. */
  hold: {
    onPointerEnter: () => void
    onPointerLeave: () => void
    onFocus: () => void
    onBlur: () => void
  }
  /** Something newer waits. */
  waiting: boolean
}

/** Keeps what is under the pointer still: while held, the value stays as it was. */
export function useHeld<T>(value: T): Held<T> {
  const [kept, setKept] = useState<{ value: T } | null>(null)
  const hold = () => setKept((before) => before ?? { value })
  const release = () => setKept(null)
  return {
    value: kept ? kept.value : value,
    waiting: kept !== null && kept.value !== value,
    hold: { onPointerEnter: hold, onPointerLeave: release, onFocus: hold, onBlur: release },
  }
}
