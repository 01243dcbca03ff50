import {
  cloneElement,
  type ReactElement,
  type ReactNode,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react'

import { Floating } from '@/components/ui/floating'

const DELAY_MS = 300
const LINGER_MS = 120

/** Words shown while the child is hovered or focused by keyboard; Escape hides them. */
export function Tooltip({ content, children }: { content: ReactNode; children: ReactElement }) {
  const id = useId()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const [anchor, setAnchor] = useState<HTMLElement | null>(null)
  const later = (next: HTMLElement | null, ms: number) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setAnchor(next), ms)
  }

  useEffect(() => () => clearTimeout(timer.current), [])
  useEffect(() => {
    if (!anchor) return
    const hide = (event: KeyboardEvent) => event.key === 'Escape' && setAnchor(null)
    addEventListener('keydown', hide)
    return () => removeEventListener('keydown', hide)
  }, [anchor])

  // The wrapper has no box of its own: the child is what is pointed at.
  const child = (target: EventTarget & HTMLElement) =>
    target.firstElementChild instanceof HTMLElement ? target.firstElementChild : target
  return (
    <span
      className="contents"
      onPointerEnter={(event) =>
        event.pointerType !== 'touch' && later(child(event.currentTarget), DELAY_MS)
      }
      onPointerLeave={() => later(null, LINGER_MS)}
      onPointerDown={() => later(null, 0)}
      onFocus={(event) => {
        if (event.target.matches(':focus-visible')) later(child(event.currentTarget), 0)
      }}
      onBlur={() => later(null, 0)}
    >
      {cloneElement(children as ReactElement<Record<string, unknown>>, {
        'aria-describedby': anchor ? id : undefined,
      })}
      {anchor && (
        <Floating
          anchor={anchor}
          id={id}
          role="tooltip"
          onPointerEnter={() => clearTimeout(timer.current)}
          onPointerLeave={() => later(null, LINGER_MS)}
          className="max-w-80 animate-rise rounded-md border border-line bg-surface px-2.5 py-1.5 text-start text-xs font-normal break-words whitespace-normal text-ink shadow-pop"
        >
          {content}
        </Floating>
      )}
    </span>
  )
}
