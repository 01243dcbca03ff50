import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'

import { guardSession } from '@/api/client'
import { hearTabs } from '@/features/auth/tabs'

interface Waiting {
  promise: Promise<void>
  resolve: () => void
  reject: (reason: Error) => void
}

/**
 * Notices that the session of `email` has ended, here or in another tab, holds
 * back the refused calls, and lets them go again once somebody signed in.
 */
export function useSessionGuard(email: string): { ended: boolean; goOn: () => void } {
  const client = useQueryClient()
  const [ended, setEnded] = useState(false)
  const waiting = useRef<Waiting | null>(null)

  const goOn = useCallback(() => {
    waiting.current?.resolve()
    waiting.current = null
    setEnded(false)
  }, [])

  useEffect(() => {
    const quiet = hearTabs((news) => {
      if (news.kind === 'signed-out') return setEnded(true)
      // What one person has on the page is not for another.
      if (news.email !== email) return window.location.reload()
      goOn()
      void client.invalidateQueries()
    })
    const release = guardSession({
      ask: () => {
        waiting.current ??= makeWaiting()
        setEnded(true)
        return waiting.current.promise
      },
    })
    return () => {
      release()
      quiet()
      waiting.current?.reject(new Error('the page was left'))
      waiting.current = null
    }
  }, [client, email, goOn])

  return { ended, goOn }
}

function makeWaiting(): Waiting {
  let resolve: Waiting['resolve'] = () => undefined
  let reject: Waiting['reject'] = () => undefined
  const promise = new Promise<void>((yes, no) => {
    resolve = yes
    reject = no
  })
  promise.catch(() => undefined) // those who wait hear of it; nobody may be left
  return { promise, resolve, reject }
}
