import { type RefObject, useLayoutEffect, useState } from 'react'
import { flushSync } from 'react-dom'

interface WindowOptions {
  count: number
  /** The height of a row, in pixels; all are alike. */
  size: number
  /** What stands above the rows and takes from the height in view. */
  above?: number
}

export interface RowWindow {
  first: number
  last: number
  /** While the rows are scrolled, and a moment longer. */
  moving: boolean
}

const REST_MS = 200

/** Rows drawn beyond the edges, so that quick scrolling meets no gap. */
const OVERSCAN = 8
/** The window moves in steps: fewer, larger changes of what is drawn. */
const STEP = 4

function windowOf(
  top: number,
  height: number,
  { count, size }: WindowOptions,
): Omit<RowWindow, 'moving'> {
  const first = Math.floor(top / size) - OVERSCAN
  const last = Math.ceil((top + height) / size) + OVERSCAN
  return {
    first: Math.max(0, Math.floor(first / STEP) * STEP),
    last: Math.min(count - 1, Math.ceil(last / STEP) * STEP),
  }
}

/** A wheel or touchpad that moves more to the side than up or down. */
export function goesSideways(event: Pick<WheelEvent, 'deltaX' | 'deltaY' | 'shiftKey'>): boolean {
  return event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)
}

/**
 * Which rows of equal height are in view, with a few around them. The box is
 * marked before it is moved sideways, until it is back and moved up or down.
 */
export function useFixedWindow(
  scroller: RefObject<HTMLElement | null>,
  { count, size, above = 0 }: WindowOptions,
): RowWindow {
  const [view, setView] = useState({ top: 0, height: 800, moving: false })
  useLayoutEffect(() => {
    const box = scroller.current
    if (!box) return
    const step = STEP * size
    let seen = -1
    let rest: ReturnType<typeof setTimeout> | undefined
    const shift = () => box.toggleAttribute('data-shifted', true)
    // Before the first frame that moves sideways, so that what stays does not slip with it.
    const wheeled = (event: WheelEvent) => goesSideways(event) && shift()
    const pressed = (event: PointerEvent) => {
      if (event.target === box || event.pointerType === 'touch') shift()
    }
    const scrolled = () => {
      const top = Math.floor(box.scrollTop / step) * step
      if (box.scrollLeft !== 0) shift()
      if (top === seen) return
      if (box.scrollLeft === 0) box.removeAttribute('data-shifted')
      seen = top
      // In the frame that scrolls, so that its rows are drawn with it, and laid out once.
      flushSync(() => setView((now) => ({ ...now, top, moving: true })))
      clearTimeout(rest)
      rest = setTimeout(() => setView((now) => ({ ...now, moving: false })), REST_MS)
    }
    const sized = () => {
      const height = box.clientHeight - above
      setView((now) => (now.height === height ? now : { ...now, height }))
    }
    sized()
    box.addEventListener('scroll', scrolled, { passive: true })
    box.addEventListener('wheel', wheeled, { passive: true })
    box.addEventListener('pointerdown', pressed, { passive: true })
    const watch = new ResizeObserver(sized)
    watch.observe(box)
    return () => {
      clearTimeout(rest)
      box.removeEventListener('scroll', scrolled)
      box.removeEventListener('wheel', wheeled)
      box.removeEventListener('pointerdown', pressed)
      watch.disconnect()
    }
  }, [scroller, size, above])
  const rows = windowOf(view.top, view.height + STEP * size, { count, size })
  return { ...rows, moving: view.moving }
}
