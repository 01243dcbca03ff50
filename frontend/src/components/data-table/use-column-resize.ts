import { type PointerEvent, useRef } from 'react'

const MIN = 48
const MAX = 800

interface Drag {
  grid: HTMLElement
  from: number
  width: number
  all: number
  now: number
  rtl: boolean
}

function px(grid: HTMLElement, name: string): number {
  return parseFloat(grid.style.getPropertyValue(name)) || 0
}

function show(grid: HTMLElement, id: string, width: number, all: number): void {
  grid.style.setProperty(`--w-${id}`, `${width}px`)
  grid.style.setProperty('--w-all', `${all}px`)
}

/** Drags a column's edge: the styles follow at once, the arrangement when the edge is let go. */
export function useColumnResize(id: string, onDone: (width: number) => void) {
  const drag = useRef<Drag | null>(null)
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      const grid = event.currentTarget.closest<HTMLElement>('[role="grid"]')
      if (!grid || event.button !== 0) return
      event.preventDefault()
      event.stopPropagation()
      event.currentTarget.setPointerCapture(event.pointerId)
      const width = px(grid, `--w-${id}`)
      const rtl = getComputedStyle(grid).direction === 'rtl'
      drag.current = { grid, from: event.clientX, width, all: px(grid, '--w-all'), now: width, rtl }
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const at = drag.current
      if (!at) return
      const by = (event.clientX - at.from) * (at.rtl ? -1 : 1)
      at.now = Math.max(MIN, Math.min(MAX, at.width + by))
      show(at.grid, id, at.now, at.all + at.now - at.width)
    },
    onPointerUp: () => {
      const at = drag.current
      drag.current = null
      if (at && at.now !== at.width) onDone(Math.round(at.now))
    },
    onPointerCancel: () => {
      const at = drag.current
      drag.current = null
      if (at) show(at.grid, id, at.width, at.all)
    },
    /** As wide as the widest of the rows in view. */
    onDoubleClick: (event: { currentTarget: HTMLElement }) => {
      const grid = event.currentTarget.closest<HTMLElement>('[role="grid"]')
      if (grid) onDone(fittingWidth(grid, id))
    },
  }
}

const ROOM = 12

function fittingWidth(grid: HTMLElement, id: string): number {
  const before = px(grid, `--w-${id}`)
  grid.style.setProperty(`--w-${id}`, `${MIN}px`)
  const cells = grid.querySelectorAll<HTMLElement>(`[data-col="${CSS.escape(id)}"]`)
  const widest = Math.max(MIN, ...Array.from(cells, (cell) => cell.scrollWidth))
  grid.style.setProperty(`--w-${id}`, `${before}px`)
  return Math.min(MAX, widest + ROOM)
}
