const GAP = 4
const EDGE = 8

export interface Placing {
  side?: 'top' | 'bottom'
  /** Which edges meet: those where reading starts, the middles, or those where it ends. */
  align?: 'start' | 'center' | 'end'
  /** As wide as its anchor. */
  fit?: boolean
  /** No higher than the room there is; the layer must scroll. */
  bound?: boolean
}

interface Sizes {
  anchor: { left: number; right: number; top: number; bottom: number }
  layer: { width: number; height: number }
  window: { width: number; height: number }
  rtl: boolean
}

/** Where a layer stands beside its anchor: turned to the side with room, kept in the window. */
export function placeOf(sizes: Sizes, { side = 'bottom', align = 'start', bound }: Placing) {
  const { anchor, layer, window, rtl } = sizes
  const above = anchor.top - GAP - EDGE
  const below = window.height - EDGE - anchor.bottom - GAP
  const [wanted, other] = side === 'bottom' ? [below, above] : [above, below]
  const turned = layer.height > wanted && other > wanted
  const under = (side === 'bottom') !== turned
  const room = under ? below : above
  const height = bound ? Math.min(layer.height, Math.max(room, 0)) : layer.height
  const top = under ? anchor.bottom + GAP : anchor.top - GAP - height

  const middle = (anchor.left + anchor.right - layer.width) / 2
  const atRight = (align === 'end') !== rtl
  const left = align === 'center' ? middle : atRight ? anchor.right - layer.width : anchor.left
  return {
    left: Math.max(EDGE, Math.min(left, window.width - layer.width - EDGE)),
    top: Math.max(EDGE, top),
    room,
  }
}

/** Puts a fixed layer beside its anchor and keeps it there; answers how to stop. */
export function keepPlaced(layer: HTMLElement, anchor: HTMLElement, placing: Placing): () => void {
  const place = () => {
    const at = anchor.getBoundingClientRect()
    if (placing.fit) layer.style.width = `${at.width}px`
    const { offsetWidth: width, offsetHeight, clientHeight, scrollHeight } = layer
    const spot = placeOf(
      {
        anchor: at,
        // Its own height, whatever it was bound to before.
        layer: { width, height: offsetHeight - clientHeight + scrollHeight },
        window: { width: innerWidth, height: innerHeight },
        rtl: getComputedStyle(anchor).direction === 'rtl',
      },
      placing,
    )
    if (placing.bound) layer.style.maxHeight = `${spot.room}px`
    layer.style.left = `${spot.left}px`
    layer.style.top = `${spot.top}px`
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
}
