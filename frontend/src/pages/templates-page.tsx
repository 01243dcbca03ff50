import { useTranslation } from 'react-i18next'

import { PageBody, PageHeader } from '@/components/layout/page'
import { TemplatesView } from '@/features/templates/components/templates-view'

export function Component() {
  const { t } = useTranslation()
  return (
    <>
      <PageHeader title={t('template.many')} note={t('template.note')} help="messages" />
      <PageBody>
        <TemplatesView />
      </PageBody>
    </>
  )
}
