import { lazy, type ReactNode, Suspense, useCallback, useEffect, useRef, useState } from 'react'

import { guardSession } from '@/api/client'

const SignInAgainDialog = lazy(async () => ({
  default: (await import('@/features/auth/components/sign-in-again-dialog')).SignInAgainDialog,
}))

const CHANNEL = 'winnow.session'

interface Waiting {
  promise: Promise<void>
  resolve: () => void
  reject: (reason: Error) => void
}

/**
 * Keeps the page while the session has ended: asks for the password over it,
 * lets the refused calls go again afterwards, and tells the other tabs, which
 * share the session's cookies.
 */
export function SessionGate({ user, children }: { user: { email: string }; children: ReactNode }) {
  const [ended, setEnded] = useState(false)
  const waiting = useRef<Waiting | null>(null)
  const channel = useRef<BroadcastChannel | null>(null)

  const goOn = useCallback(() => {
    waiting.current?.resolve()
    waiting.current = null
    setEnded(false)
  }, [])

  useEffect(() => {
    const radio = new BroadcastChannel(CHANNEL)
    channel.current = radio
    radio.onmessage = goOn
    const release = guardSession({
      ask: () => {
        waiting.current ??= makeWaiting()
        setEnded(true)
        return waiting.current.promise
      },
    })
    return () => {
      release()
      radio.close()
      waiting.current?.reject(new Error('the page was left'))
      waiting.current = null
    }
  }, [goOn])

  return (
    <>
      {children}
      <Suspense>
        {ended && (
          <SignInAgainDialog
            email={user.email}
            onDone={() => {
              channel.current?.postMessage('signed-in')
              goOn()
            }}
          />
        )}
      </Suspense>
    </>
  )
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
