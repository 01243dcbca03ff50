import { cloneElement, type ReactElement, type ReactNode, useId, useState } from 'react'

import { PopoverLayer } from '@/components/ui/popover-layer'
import type { Placing } from '@/components/ui/place'

interface PopoverProps {
  /** What opens it; takes a ref, and has none of its own. */
  trigger: ReactElement
  /** The name that a screen reader says on entering. */
  label: string
  open?: boolean
  onOpenChange?: (open: boolean) => void
  align?: Placing['align']
  side?: Placing['side']
  /** Leaves the focus where it is: for what opens without being asked. */
  keepFocus?: boolean
  onPointerEnter?: (event: { pointerType: string }) => void
  onPointerLeave?: (event: { pointerType: string }) => void
  className?: string
  children: ReactNode
}

interface Pressable {
  onClick?: (event: { detail: number }) => void
}

/** A small panel beside what opened it, closed by Escape or a press elsewhere. */
export function Popover(props: PopoverProps) {
  const { trigger, open: given, onOpenChange, ...layer } = props
  const id = useId()
  const [anchor, setAnchor] = useState<HTMLElement | null>(null)
  const [own, setOwn] = useState(false)
  const open = given ?? own
  const [openWhenPressed, setOpenWhenPressed] = useState(false)
  const change = (next: boolean) => {
    setOwn(next)
    onOpenChange?.(next)
  }
  const inner = trigger as ReactElement<Pressable>
  return (
    <>
      {cloneElement(inner as ReactElement<Record<string, unknown>>, {
        ref: setAnchor,
        'aria-haspopup': 'dialog',
        'aria-expanded': open,
        'aria-controls': open ? id : undefined,
        // A press outside the layer has closed it by the time it is a click.
        onPointerDown: () => setOpenWhenPressed(open),
        onClick: (event: { detail: number }) => {
          inner.props.onClick?.(event)
          const byKeyboard = event.detail === 0
          change(byKeyboard ? !open : !openWhenPressed)
        },
      })}
      {open && anchor && (
        <PopoverLayer {...layer} id={id} anchor={anchor} onClose={() => change(false)} />
      )}
    </>
  )
}
