import { type RefObject, useEffect } from 'react'

/** Brings the card that keys have led to into sight, and the focus to it. */
export function useCardFocus(
  scroller: RefObject<HTMLElement | null>,
  active: number | null,
  abreast: number,
  size: number,
): void {
  useEffect(() => {
    const box = scroller.current
    if (!box || active === null) return
    const top = Math.floor(active / abreast) * size
    if (top < box.scrollTop) box.scrollTo({ top })
    else if (top + size > box.scrollTop + box.clientHeight) {
      box.scrollTo({ top: top + size - box.clientHeight })
    }
    const focus = () => {
      const now = document.activeElement
      if (now && now !== document.body && !box.contains(now)) return
      if (now instanceof HTMLInputElement) return
      box.querySelector<HTMLElement>(`[data-card="${active}"]`)?.focus({ preventScroll: true })
    }
    // A card far away is drawn only after the list has scrolled to it.
    const frame = requestAnimationFrame(() => requestAnimationFrame(focus))
    return () => cancelAnimationFrame(frame)
  }, [scroller, active, abreast, size])
}
