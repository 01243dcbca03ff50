import { type ReactNode, useLayoutEffect, useRef } from 'react'
import { createPortal } from 'react-dom'

import { usePortal } from '@/components/ui/portal'
import { cn } from '@/utils/cn'

const GAP = 4
const EDGE = 8

interface FloatingProps {
  anchor: HTMLElement
  /** As wide as its anchor. */
  fit?: boolean
  side?: 'top' | 'bottom'
  className: string
  id?: string
  role?: string
  onPointerEnter?: () => void
  onPointerLeave?: () => void
  children: ReactNode
}

/**
 * A layer beside its anchor, in the browser's top layer: above dialogs, clipped
 * by nothing. It turns to the side with room and follows scrolling. It takes no
 * focus; for what has buttons in it there is Popover.
 */
export function Floating({ anchor, fit, side = 'bottom', className, ...rest }: FloatingProps) {
  const container = usePortal() ?? document.body
  const ref = useRef<HTMLDivElement>(null)

  useLayoutEffect(() => {
    const layer = ref.current!
    // Absent in test browsers without a layout; fixed placing alone serves there.
    layer.showPopover?.()
    const place = () => {
      const at = anchor.getBoundingClientRect()
      if (fit) layer.style.width = `${at.width}px`
      const { offsetWidth: width, offsetHeight: height } = layer
      const below = at.bottom + GAP
      const above = at.top - GAP - height
      const fits = side === 'bottom' ? below + height <= innerHeight - EDGE : above >= EDGE
      const under = side === 'bottom' ? fits || above < EDGE : !fits
      const rtl = getComputedStyle(anchor).direction === 'rtl'
      const start = rtl ? at.right - width : at.left
      layer.style.left = `${Math.max(EDGE, Math.min(start, innerWidth - width - EDGE))}px`
      layer.style.top = `${Math.max(EDGE, under ? below : above)}px`
    }
    place()
    const watch = new ResizeObserver(place)
    watch.observe(layer)
    addEventListener('scroll', place, { capture: true, passive: true })
    addEventListener('resize', place)
    return () => {
      watch.disconnect()
      removeEventListener('scroll', place, { capture: true })
      removeEventListener('resize', place)
    }
  }, [anchor, fit, side])

  return createPortal(
    <div
      {...rest}
      ref={ref}
      popover="manual"
      className={cn('fixed inset-auto m-0 max-w-[calc(100vw-16px)]', className)}
    />,
    container,
  )
}
