import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'

import { PageBody, PageHeader } from '@/components/layout/page'
import { ImportResult } from '@/features/imports/components/import-result'

export function Component() {
  const { t } = useTranslation()
  const { id = '' } = useParams()
  return (
    <>
      <PageHeader title={t('import.title')} />
      <PageBody>
        <div className="mx-auto max-w-5xl">
          <ImportResult id={id} />
        </div>
      </PageBody>
    </>
  )
}
