import { type RefObject, useLayoutEffect, useRef } from 'react'

import { useMedia } from '@/hooks/use-media'

/** On a phone the bar stands at the foot of the window; toasts stay above it. */
export function useFoot(): RefObject<HTMLDivElement | null> {
  const bar = useRef<HTMLDivElement>(null)
  const phone = useMedia('(max-width: 639px)')
  useLayoutEffect(() => {
    if (!phone || !bar.current || typeof ResizeObserver === 'undefined') return
    const root = document.documentElement.style
    const element = bar.current
    const observer = new ResizeObserver(() => {
      root.setProperty('--foot', `${window.innerHeight - element.getBoundingClientRect().top}px`)
    })
    observer.observe(element)
    return () => {
      observer.disconnect()
      root.removeProperty('--foot')
    }
  }, [phone])
  return bar
}
