import { useEffect, useState } from 'react'

import { serverNow } from '@/utils/clock'

/** The server's time in ms, renewed every `everyMs`, so that relative times stay true. */
export function useNow(everyMs = 30_000): number {
  const [now, setNow] = useState(serverNow)
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return now
}
