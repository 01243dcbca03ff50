import type { Page } from '@playwright/test'

/** What the page notes about itself while it is measured. */
interface Notes {
  /** From a key's own time to the end of the frame that showed it. */
  keys: number[]
  /** From the press that changed the filter to the end of the frame with the new rows. */
  changes: number[]
  interactive: number | null
}

declare global {
  interface Window {
    bench: Notes & { watchKeys: (on: boolean) => void; watchChange: () => void }
  }
}

/** Runs in the page before its own scripts. */
export function installProbe(): void {
  /** Calls back when the frame that is being made has been handed on. */
  const painted = (then: (at: number) => void) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => then(performance.now())
      port2.postMessage(null)
    })
  let watching = false
  let pressed = 0
  const notes: Window['bench'] = {
    keys: [],
    changes: [],
    interactive: null,
    watchKeys: (on) => (watching = on),
    // The grid is busy from the change until the rows of the new list are there.
    watchChange: () => {
      const grid = document.querySelector('[role="grid"]')!
      let busy = false
      const watch = new MutationObserver(() => {
        const now = grid.getAttribute('aria-busy') === 'true'
        if (busy && !now) {
          watch.disconnect()
          painted((at) => notes.changes.push(at - pressed))
        }
        busy = now
      })
      watch.observe(grid, { attributes: true, attributeFilter: ['aria-busy'] })
    },
  }
  window.bench = notes
  addEventListener(
    'keydown',
    (event) => {
      pressed = event.timeStamp
      if (watching) painted((at) => notes.keys.push(at - event.timeStamp))
    },
    true,
  )
  addEventListener(
    'focusin',
    (event) => {
      if (notes.interactive !== null || !(event.target as Element).matches('[data-cell]')) return
      painted((at) => (notes.interactive ??= at))
    },
    true,
  )
}

/** The notes so far. */
export function readNotes(page: Page): Promise<Notes> {
  return page.evaluate(() => ({
    keys: window.bench.keys,
    changes: window.bench.changes,
    interactive: window.bench.interactive,
  }))
}
