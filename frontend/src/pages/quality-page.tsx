import { useTranslation } from 'react-i18next'

import { PageBody, PageHeader } from '@/components/layout/page'
import { QualityView } from '@/features/quality/components/quality-view'

export function Component() {
  const { t } = useTranslation()
  return (
    <>
      <PageHeader title={t('quality.title')} />
      <PageBody>
        <QualityView />
      </PageBody>
    </>
  )
}
