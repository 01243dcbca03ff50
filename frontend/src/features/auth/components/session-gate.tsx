import { lazy, type ReactNode, Suspense } from 'react'

import { useSessionGuard } from '@/features/auth/use-session-guard'

const SignInAgainDialog = lazy(async () => ({
  default: (await import('@/features/auth/components/sign-in-again-dialog')).SignInAgainDialog,
}))

/** Keeps the page while the session has ended, and asks for the password over it. */
export function SessionGate({ user, children }: { user: { email: string }; children: ReactNode }) {
  const { ended, goOn } = useSessionGuard(user.email)
  return (
    <>
      {children}
      <Suspense>{ended && <SignInAgainDialog email={user.email} onDone={goOn} />}</Suspense>
    </>
  )
}
