import { ServerCrash } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import { ErrorState } from '@/components/feedback/error-state'
import { ButtonLink } from '@/components/ui/button'
import { Forbidden } from '@/features/shell/components/forbidden'
import { FullPage } from '@/features/shell/components/full-page'
import { NotFound } from '@/features/shell/components/not-found'
import type { Operation } from '@/types/operation'
import type { Problem } from '@/types/problem'

interface PageFaultProps {
  problem: Problem
  onRetry: () => unknown
  /** What the page would have shown; its list is the way on. */
  back: { to: string; label: string }
  /** What a refused viewer lacks. */
  operation?: Operation
}

/** In place of a page about one thing that could not be read. */
export function PageFault({ problem, onRetry, back, operation }: PageFaultProps) {
  const { t } = useTranslation()
  if (problem.status === 403) return <Forbidden operation={operation} />
  // An address that is no id at all is a wrong address too.
  if (problem.status === 404 || problem.status === 400) return <NotFound back={back} />
  return (
    <FullPage
      icon={<ServerCrash />}
      title={t('error.notRead')}
      actions={<ButtonLink to={back.to}>{back.label}</ButtonLink>}
    >
      <ErrorState problem={problem} onRetry={onRetry} />
    </FullPage>
  )
}
