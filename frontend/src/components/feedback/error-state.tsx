import { AlertTriangle } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useCountdown } from '@/components/feedback/use-countdown'
import { Button } from '@/components/ui/button'
import type { Problem } from '@/types/problem'
import { cn } from '@/utils/cn'
import { formatDuration } from '@/utils/format'

interface ErrorStateProps {
  problem: Problem
  /** Doing it again; a promise keeps the button busy. */
  onRetry?: () => unknown
  /** Another way out, beside trying again. */
  action?: ReactNode
  className?: string
}

/** A fault where it happened: what, why, what next, and a way to try again. */
export function ErrorState({ problem, onRetry, action, className }: ErrorStateProps) {
  const { t } = useTranslation()
  const wait = useCountdown(problem, problem.retryAfterSeconds ?? 0)
  const next = useNext(problem, wait)
  return (
    <div
      role="alert"
      className={cn(
        'flex flex-wrap items-start gap-x-2.5 gap-y-2 rounded-md border border-bad/30 bg-bad-soft px-3 py-2.5 text-sm',
        className,
      )}
    >
      <AlertTriangle aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />
      <div className="min-w-0 flex-1 basis-48 break-words">
        <p className="font-medium">{problem.message || t('error.what.other')}</p>
        {problem.detail && <p className="text-ink-2">{problem.detail}</p>}
        {!!problem.fields?.length && (
          <ul className="mt-1 list-disc ps-4 text-ink-2">
            {problem.fields.map((field) => (
              <li key={field.name + field.message}>
                <span className="font-medium">{field.name}</span>: {field.message}
              </li>
            ))}
          </ul>
        )}
        {next && <p className="text-ink-2">{next}</p>}
        {problem.requestId && (
          <p className="mt-1 text-xs text-ink-2">
            {t('error.requestId')}{' '}
            <code className="font-mono break-all select-all">{problem.requestId}</code>
          </p>
        )}
      </div>
      {(onRetry || action) && (
        <div className="flex flex-wrap gap-2">
          {action}
          {onRetry && <Retry wait={wait} onRetry={onRetry} />}
        </div>
      )}
    </div>
  )
}

function Retry({ wait, onRetry }: { wait: number; onRetry: () => unknown }) {
  const { t } = useTranslation()
  const [busy, setBusy] = useState(false)
  const retry = async () => {
    setBusy(true)
    try {
      await onRetry()
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button size="sm" busy={busy} disabled={wait > 0} className="num" onClick={() => void retry()}>
      {wait > 0 ? t('error.retryIn', { seconds: wait }) : t('common.retry')}
    </Button>
  )
}

/** What the viewer can do about it, where the server's words do not say so already. */
function useNext({ code, status, retryAfterSeconds }: Problem, wait: number): string | null {
  const { t } = useTranslation()
  if (code === 'offline') return t('error.next.offline')
  if (retryAfterSeconds) {
    // Said once, without the seconds running: a live region must not chatter.
    return wait > 0
      ? t('error.next.wait', { time: formatDuration(retryAfterSeconds) })
      : t('error.next.waited')
  }
  if (status === 403) return t('error.next.forbidden')
  if (status === 409 || status === 412) return t('error.next.stale')
  return status !== undefined && status >= 500 ? t('error.next.server') : null
}
