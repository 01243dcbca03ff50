import { useTranslation } from 'react-i18next'

import { EmptyState } from '@/components/feedback/empty-state'
import { ButtonLink } from '@/components/ui/button'
import { useDocumentTitle } from '@/hooks/use-document-title'

export function NotFoundPage() {
  const { t } = useTranslation()
  useDocumentTitle(t('error.notFound'))
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
