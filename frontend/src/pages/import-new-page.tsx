import { useTranslation } from 'react-i18next'

import { PageBody, PageHeader } from '@/components/layout/page'
import { ImportWizard } from '@/features/imports/components/import-wizard'

export function Component() {
  const { t } = useTranslation()
  return (
    <>
      <PageHeader title={t('import.title')} />
      <PageBody>
        <div className="mx-auto max-w-5xl">
          <ImportWizard />
        </div>
      </PageBody>
    </>
  )
}
