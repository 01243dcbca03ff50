import { useTranslation } from 'react-i18next'

import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { formatDuration } from '@/utils/format'

/** What the server said to a sign-in form, with the waiting time when throttled. */
export function SignInProblem({ error }: { error: unknown }) {
  const { t } = useTranslation()
  if (!error) return null
  const problem = toProblem(error)
  if (problem.status === 429) {
    const wait = problem.retryAfterSeconds
    return (
      <ErrorState
        problem={{
          message: t('auth.throttled'),
          detail: wait
            ? t('auth.throttledWait', { wait: formatDuration(wait) })
            : t('auth.throttledLater'),
        }}
      />
    )
  }
  if (problem.status === 0) return <ErrorState problem={{ message: t('error.offline') }} />
  return <ErrorState problem={{ ...problem, message: problem.message, requestId: null }} />
}
