import { useRef } from 'react'

/**
 * Wraps what a button does so that a second press while it runs does nothing:
 * `disabled` comes a moment too late for a double click.
 */
export function useOnce(): <Args extends unknown[]>(
  act: (...args: Args) => Promise<unknown>,
) => (...args: Args) => void {
  const running = useRef(false)
  return (act) =>
    (...args) => {
      if (running.current) return
      running.current = true
      void act(...args).finally(() => {
        running.current = false
      })
    }
}
