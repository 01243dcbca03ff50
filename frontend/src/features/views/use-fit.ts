import { type RefObject, useLayoutEffect, useState } from 'react'

/**
 * How many of a wrapping row's items stand on its first line; the others are
 * cut off below it. Measured again when the row or what is in it changes.
 */
export function useFit(ref: RefObject<HTMLElement | null>, shape: string): number {
  const [fits, setFits] = useState(Infinity)
  useLayoutEffect(() => {
    const row = ref.current
    if (!row) return
    const measure = () => {
      const items = [...row.children] as HTMLElement[]
      const top = items[0]?.offsetTop ?? 0
      const cut = items.findIndex((each) => each.offsetTop > top)
      setFits(cut < 0 ? Infinity : cut)
    }
    measure()
    if (typeof ResizeObserver === 'undefined') return
    const observer = new ResizeObserver(measure)
    observer.observe(row)
    return () => observer.disconnect()
  }, [ref, shape])
  return fits
}
