import { useEffect, useRef } from 'react'
import { NavigationType, useLocation, useNavigationType } from 'react-router'

const KEY = 'winnow.scroll'
const MOST = 60
const PATIENCE_MS = 10_000
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
      // The newest stand last: the oldest are forgotten first.
      delete kept[at]
      kept[at] = Math.round(target.scrollTop)
      clearTimeout(timer)
      timer = setTimeout(keep, 200)
    }

    // What comes back may still be coming: its height grows until the place is there.
    const open = new Map<string, number>()
    const restore = () => {
      for (const part of parts()) {
        const wanted = open.get(name(part))
        if (wanted === undefined) continue
        part.scrollTop = wanted
        if (part.scrollTop >= wanted - 1) open.delete(name(part))
      }
      if (open.size === 0) stop()
    }
    const watch = new MutationObserver(() => requestAnimationFrame(restore))
    const stop = () => {
      open.clear()
      watch.disconnect()
      for (const type of ['wheel', 'touchmove', 'keydown']) window.removeEventListener(type, stop)
    }
    const patience = setTimeout(() => stop(), PATIENCE_MS)

    if (back) {
      for (const [at, top] of Object.entries(kept)) if (at.startsWith(`${key} `)) open.set(at, top)
      if (open.size > 0) {
        watch.observe(main, { childList: true, subtree: true })
        // Whoever scrolls meanwhile knows where to.
        for (const type of ['wheel', 'touchmove', 'keydown']) window.addEventListener(type, stop)
        restore()
      }
    } else if (!hash) {
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
