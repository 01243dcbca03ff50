import { type ReactNode, useLayoutEffect, useRef } from 'react'
import { createPortal } from 'react-dom'

import { keepPlaced } from '@/components/ui/place'
import { usePortal } from '@/components/ui/portal'
import { cn } from '@/utils/cn'

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
export function Floating({ anchor, fit, side, className, ...rest }: FloatingProps) {
  const container = usePortal() ?? document.body
  const ref = useRef<HTMLDivElement>(null)

  useLayoutEffect(() => {
    const layer = ref.current!
    // Absent in test browsers without a layout; fixed placing alone serves there.
    layer.showPopover?.()
    return keepPlaced(layer, anchor, { fit, side })
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
