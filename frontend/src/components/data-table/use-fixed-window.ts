import { type RefObject, useLayoutEffect, useState } from 'react'

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
}

/** Rows drawn beyond the edges, so that quick scrolling meets no gap. */
const OVERSCAN = 8
/** The window moves in steps: fewer, larger changes of what is drawn. */
const STEP = 4

function windowOf(top: number, height: number, { count, size }: WindowOptions): RowWindow {
  const first = Math.floor(top / size) - OVERSCAN
  const last = Math.ceil((top + height) / size) + OVERSCAN
  return {
    first: Math.max(0, Math.floor(first / STEP) * STEP),
    last: Math.min(count - 1, Math.ceil(last / STEP) * STEP),
  }
}

/** Which rows of equal height are in view, with a few around them. */
export function useFixedWindow(
  scroller: RefObject<HTMLElement | null>,
  { count, size, above = 0 }: WindowOptions,
): RowWindow {
  const [view, setView] = useState({ top: 0, height: 800 })
  useLayoutEffect(() => {
    const box = scroller.current
    if (!box) return
    const step = STEP * size
    const read = () => {
      const next = {
        top: Math.floor(box.scrollTop / step) * step,
        height: box.clientHeight - above,
      }
      setView((now) => (now.top === next.top && now.height === next.height ? now : next))
    }
    read()
    box.addEventListener('scroll', read, { passive: true })
    const watch = new ResizeObserver(read)
    watch.observe(box)
    return () => {
      box.removeEventListener('scroll', read)
      watch.disconnect()
    }
  }, [scroller, size, above])
  return windowOf(view.top, view.height + STEP * size, { count, size })
}
