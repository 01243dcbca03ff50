import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'

import { keepPlaced, type Placing } from '@/components/ui/place'
import { PortalContext, usePortal } from '@/components/ui/portal'
import { cn } from '@/utils/cn'

const STOPS =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), [tabindex="0"]'

/** Where Tab stops: of a group of radio buttons, only at the chosen one. */
function stopsIn(layer: HTMLElement): HTMLElement[] {
  return [...layer.querySelectorAll<HTMLElement>(STOPS)].filter(
    (each) => !(each instanceof HTMLInputElement && each.type === 'radio' && !each.checked),
  )
}

/** Where somebody begins: at what is marked with data-autofocus, else at the first stop. */
function beginning(layer: HTMLElement): HTMLElement {
  const marked = layer.querySelector<HTMLElement>('[data-autofocus]')
  const stops = marked ? stopsIn(marked) : []
  // What is chosen already stands before the field, each with a button of its own.
  const field = stops.find((each) => each instanceof HTMLInputElement)
  return field ?? stops[0] ?? stopsIn(layer)[0] ?? layer
}

interface PopoverLayerProps {
  id: string
  label: string
  anchor: HTMLElement
  onClose: () => void
  align?: Placing['align']
  side?: Placing['side']
  keepFocus?: boolean
  onPointerEnter?: (event: { pointerType: string }) => void
  onPointerLeave?: (event: { pointerType: string }) => void
  className?: string
  children: ReactNode
}

/**
 * The opened side of a popover, in the browser's top layer. The browser closes
 * it on Escape, a press elsewhere and a phone's "back"; layers that open from
 * inside it are put inside it, and so do not count as elsewhere.
 */
export function PopoverLayer(props: PopoverLayerProps) {
  const { id, label, anchor, onClose, align, side, keepFocus = false, className } = props
  const container = usePortal() ?? document.body
  const [layer, setLayer] = useState<HTMLElement | null>(null)
  const stay = useRef(keepFocus)

  useLayoutEffect(() => {
    if (!layer) return
    // Absent in test browsers without a layout; fixed placing alone serves there.
    layer.showPopover?.()
    const stop = keepPlaced(layer, anchor, { align, side, bound: true })
    if (!stay.current) beginning(layer).focus({ preventScroll: true })
    return () => {
      stop()
      if (focusIsIn(layer)) anchor.focus({ preventScroll: true })
      layer.hidePopover?.()
    }
  }, [layer, anchor, align, side])

  // The layer stands at the end of the page, but Tab goes on where it was opened.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Tab' || event.defaultPrevented || !layer) return
    const stops = stopsIn(layer)
    const edge = event.shiftKey ? stops[0] : stops.at(-1)
    const active = document.activeElement
    if (edge && active !== edge && active !== layer) return
    if (active === layer && edge && !event.shiftKey) return
    if (event.shiftKey) event.preventDefault()
    anchor.focus()
    onClose()
  }

  return createPortal(
    <div
      ref={setLayer}
      id={id}
      popover="auto"
      role="dialog"
      aria-label={label}
      tabIndex={-1}
      onKeyDown={onKeyDown}
      onToggle={(event) => {
        // Events bubble through React from layers inside.
        if (event.target !== layer || event.newState === 'open') return
        if (focusIsLost()) anchor.focus({ preventScroll: true })
        onClose()
      }}
      onPointerEnter={props.onPointerEnter}
      onPointerLeave={props.onPointerLeave}
      className={cn(
        'fixed inset-auto z-50 m-0 max-w-[calc(100vw-16px)] animate-rise overflow-y-auto rounded-lg border border-line bg-surface p-3 text-ink shadow-pop outline-none',
        className,
      )}
    >
      {layer && <PortalContext value={layer}>{props.children}</PortalContext>}
    </div>,
    container,
  )
}

function focusIsIn(layer: HTMLElement): boolean {
  return layer.contains(document.activeElement)
}

function focusIsLost(): boolean {
  return !document.activeElement || document.activeElement === document.body
}
