import { AlertTriangle } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import { Button } from '@/components/ui/button'
import { cn } from '@/utils/cn'

/** The parts of a problem that people see; ApiProblem has this shape. */
interface Problem {
  message: string
  detail?: string
  requestId?: string | null
  fields?: { name: string; message: string }[]
}

interface ErrorStateProps {
  problem: Problem
  onRetry?: () => void
  className?: string
}

/** A fault where it happened: what, why, which fields, and a way to try again. */
export function ErrorState({ problem, onRetry, className }: ErrorStateProps) {
  const { t } = useTranslation()
  return (
    <div
      role="alert"
      className={cn(
        'flex items-start gap-2.5 rounded-md border border-bad/30 bg-bad-soft px-3 py-2.5 text-sm',
        className,
      )}
    >
      <AlertTriangle aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />
      <div className="min-w-0 flex-1 break-words">
        <p className="font-medium">{problem.message}</p>
        {problem.detail && <p className="text-ink-2">{problem.detail}</p>}
        {!!problem.fields?.length && (
          <ul className="mt-1 list-disc pl-4 text-ink-2">
            {problem.fields.map((field) => (
              <li key={field.name + field.message}>
                <span className="font-medium">{field.name}</span>: {field.message}
              </li>
            ))}
          </ul>
        )}
        {problem.requestId && (
          <p className="mt-1 text-xs text-ink-2">
            {t('error.requestId')} <code className="font-mono">{problem.requestId}</code>
          </p>
        )}
      </div>
      {onRetry && (
        <Button size="sm" onClick={onRetry}>
          {t('common.retry')}
        </Button>
      )}
    </div>
  )
}
