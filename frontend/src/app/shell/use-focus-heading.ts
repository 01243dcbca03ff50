import { useEffect, useRef } from 'react'
import { useLocation } from 'react-router'

const PATIENCE_MS = 4000

/**
 * After going to another page the focus is at its heading, so that a screen
 * reader says where one is and Tab goes on from there. A page that takes the
 * focus itself keeps it.
 */
export function useFocusHeading(): void {
  const { pathname } = useLocation()
  const first = useRef(true)
  useEffect(() => {
    // What was just opened is read from its beginning anyway.
    if (first.current) {
      first.current = false
      return
    }
    const main = document.getElementById('main')
    if (!main) return
    const focus = () => {
      const at = document.activeElement
      if (at && at !== main && main.contains(at)) return stop()
      const heading = main.querySelector('h1')
      if (!heading) return
      heading.tabIndex = -1
      heading.focus({ preventScroll: true })
      stop()
    }
    const watch = new MutationObserver(focus)
    const timer = setTimeout(() => stop(), PATIENCE_MS)
    const stop = () => {
      watch.disconnect()
      clearTimeout(timer)
      // Whoever presses a key meanwhile has gone on by themselves.
      window.removeEventListener('keydown', stop)
      window.removeEventListener('pointerdown', stop)
    }
    watch.observe(main, { childList: true, subtree: true })
    window.addEventListener('keydown', stop)
    window.addEventListener('pointerdown', stop)
    focus()
    return stop
  }, [pathname])
}
