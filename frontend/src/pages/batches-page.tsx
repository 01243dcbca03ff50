import { useTranslation } from 'react-i18next'

import { PageBody, PageHeader } from '@/components/layout/page'
import { BatchList } from '@/features/batches/components/batch-list'

export function Component() {
  const { t } = useTranslation()
  return (
    <>
      <PageHeader title={t('batch.many')} help="batches" />
      <PageBody>
        <BatchList />
      </PageBody>
    </>
  )
}
