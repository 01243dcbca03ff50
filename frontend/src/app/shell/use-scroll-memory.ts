import { useEffect, useRef } from 'react'
import { NavigationType, useLocation, useNavigationType } from 'react-router'

const KEY = 'winnow.scroll'
const MOST = 60
const PATIENCE_MS = 10_000
const QUIET_MS = 800
const BY_HAND = ['wheel', 'touchmove', 'keydown', 'pointerdown'] as const
/** Parts that scroll carry their name in this attribute. */
const PART = 'data-keep-scroll'

type Places = Record<string, number>

function read(): Places {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? '{}') as Places
  } catch {
    return {}
  }
}

function write(places: Places): void {
  try {
    sessionStorage.setItem(
      KEY,
      JSON.stringify(Object.fromEntries(Object.entries(places).slice(-MOST))),
    )
  } catch {
    // Without storage a page that is loaded anew begins at its top.
  }
}

/** Each entry of the history comes back where it was left; a new one begins at its top. */
export function useScrollMemory(): void {
  const { key: entry, pathname, hash } = useLocation()
  // The first entry of every load has the same key.
  const key = entry === 'default' ? pathname : entry
  const back = useNavigationType() === NavigationType.Pop
  const places = useRef<Places | null>(null)
  useEffect(() => {
    const main = document.getElementById('main')
    if (!main) return
    const kept = (places.current ??= read())
    const name = (part: Element) => `${key} ${part.getAttribute(PART)}`
    const parts = () => [...main.querySelectorAll(`[${PART}]`)]

    let timer: ReturnType<typeof setTimeout> | undefined
    const note = ({ target }: Event) => {
      if (!(target instanceof Element) || !target.hasAttribute(PART)) return
      const at = name(target)
      // Not where the page stands while it is still coming back.
      if (wanted.has(at)) return
      // The newest stand last: the oldest are forgotten first.
      delete kept[at]
      kept[at] = Math.round(target.scrollTop)
      clearTimeout(timer)
      timer = setTimeout(keep, 200)
    }

    // What comes back may still be coming, and be short for a moment: the place is held until all is quiet.
    const wanted = new Map<string, number>()
    let quiet: ReturnType<typeof setTimeout> | undefined
    const stop = () => {
      wanted.clear()
      watch.disconnect()
      clearTimeout(quiet)
      for (const type of BY_HAND) window.removeEventListener(type, stop)
    }
    const restore = () => {
      let there = 0
      for (const part of parts()) {
        const top = wanted.get(name(part))
        if (top === undefined) continue
        if (Math.abs(part.scrollTop - top) > 1) part.scrollTop = top
        if (Math.abs(part.scrollTop - top) <= 1) there++
      }
      clearTimeout(quiet)
      if (there === wanted.size) quiet = setTimeout(stop, QUIET_MS)
    }
    const watch = new MutationObserver(() => requestAnimationFrame(restore))
    const patience = setTimeout(() => stop(), PATIENCE_MS)

    if (back) {
      for (const [at, top] of Object.entries(kept)) {
        if (top > 0 && at.startsWith(`${key} `)) wanted.set(at, top)
      }
      if (wanted.size > 0) {
        watch.observe(main, { childList: true, subtree: true })
        // Whoever scrolls meanwhile knows where to.
        for (const type of BY_HAND) window.addEventListener(type, stop)
        restore()
      }
    } else {
      for (const part of parts()) part.scrollTop = 0
    }
    const keep = () => write(kept)
    main.addEventListener('scroll', note, { capture: true, passive: true })
    window.addEventListener('pagehide', keep)
    return () => {
      window.removeEventListener('pagehide', keep)
      main.removeEventListener('scroll', note, { capture: true })
      clearTimeout(patience)
      stop()
    }
  }, [key, back, hash])
}
