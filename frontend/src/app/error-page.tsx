import { useTranslation } from 'react-i18next'
import { isRouteErrorResponse, useRouteError } from 'react-router'

import { EmptyState } from '@/components/feedback/empty-state'
import { ErrorState } from '@/components/feedback/error-state'
import { ButtonLink } from '@/components/ui/button'

/** What a page shows when it broke, or when the address leads nowhere. */
export function ErrorPage() {
  const { t } = useTranslation()
  const error = useRouteError()
  if (isRouteErrorResponse(error) && error.status === 404) return <NotFoundPage />
  const message = error instanceof Error ? error.message : String(error)
  return (
    <div className="mx-auto w-full max-w-lg p-6">
      <ErrorState
        problem={{ message: t('error.page'), detail: message }}
        onRetry={() => window.location.reload()}
      />
    </div>
  )
}

export function NotFoundPage() {
  const { t } = useTranslation()
  return (
    <EmptyState
      title={t('error.notFound')}
      body={t('error.notFoundBody')}
      action={
        <ButtonLink to="/" variant="primary">
          {t('nav.home')}
        </ButtonLink>
      }
    />
  )
}
