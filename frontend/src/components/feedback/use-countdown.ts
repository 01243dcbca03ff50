import { useEffect, useState } from 'react'

/** Whole seconds left of a wait that begins anew with every new `of`. */
export function useCountdown(of: unknown, seconds: number): number {
  const [state, setState] = useState({ of, left: Math.ceil(seconds) })
  // A new wait replaces the old one before anything is drawn.
  if (state.of !== of) setState({ of, left: Math.ceil(seconds) })

  useEffect(() => {
    if (seconds <= 0) return
    const end = Date.now() + seconds * 1000
    const timer = setInterval(() => {
      const left = Math.max(0, Math.ceil((end - Date.now()) / 1000))
      setState({ of, left })
      if (left === 0) clearInterval(timer)
    }, 250)
    return () => clearInterval(timer)
  }, [of, seconds])

  return state.left
}
