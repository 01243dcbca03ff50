import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useMemo } from 'react'
import { Navigate, Outlet, useLocation } from 'react-router'

import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { Wordmark } from '@/components/layout/wordmark'
import { SessionGate } from '@/features/auth/components/session-gate'
import { meQuery, setupQuery } from '@/features/auth/queries'
import { PermissionsContext } from '@/hooks/use-can'

// People who sign in do not need the shell yet.
const AppShell = lazy(async () => ({ default: (await import('@/app/app-shell')).AppShell }))

/** Lets only signed-in people through; the others go to setup or sign-in. */
export function RequireSession() {
  const me = useQuery(meQuery)
  const location = useLocation()
  const permissions = useMemo(() => new Set(me.data?.permissions), [me.data])
  const next = encodeURIComponent(location.pathname + location.search)

  if (me.error && toProblem(me.error).status === 401) return <SignInOrSetup next={next} />
  if (me.data) {
    return (
      <PermissionsContext value={permissions}>
        <Suspense fallback={<Splash />}>
          <SessionGate user={me.data.user}>
            <AppShell user={me.data.user}>
              <Outlet />
            </AppShell>
          </SessionGate>
        </Suspense>
      </PermissionsContext>
    )
  }
  if (me.error) return <Unreachable error={me.error} onRetry={() => void me.refetch()} />
  return <Splash />
}

function SignInOrSetup({ next }: { next: string }) {
  const setup = useQuery(setupQuery)
  if (setup.error) return <Unreachable error={setup.error} onRetry={() => void setup.refetch()} />
  if (!setup.data) return <Splash />
  return setup.data.needed ? (
    <Navigate to="/setup" replace />
  ) : (
    <Navigate to={next === '%2F' ? '/login' : `/login?next=${next}`} replace />
  )
}

/** The setup page exists only while no account does. */
export function RequireSetup() {
  const setup = useQuery(setupQuery)
  if (setup.data?.needed) return <Outlet />
  if (setup.data) return <Navigate to="/login" replace />
  if (setup.error) return <Unreachable error={setup.error} onRetry={() => void setup.refetch()} />
  return <Splash />
}

function Splash() {
  return (
    <div className="flex h-full items-center justify-center">
      <Wordmark className="animate-skeleton" />
    </div>
  )
}

function Unreachable({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <main className="mx-auto flex h-full max-w-md flex-col justify-center gap-6 px-4">
      <Wordmark />
      <ErrorState problem={toProblem(error)} onRetry={onRetry} />
    </main>
  )
}
