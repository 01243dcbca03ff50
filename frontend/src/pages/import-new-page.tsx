import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'

import { PageBody, PageHeader } from '@/components/layout/page'
import { ImportWizard } from '@/features/imports/components/import-wizard'
import { SampleLeadsButton } from '@/features/imports/components/sample-leads-button'
import { useCan } from '@/hooks/use-can'

export function Component() {
  const { t } = useTranslation()
  const can = useCan()
  const navigate = useNavigate()
  return (
    <>
      <PageHeader title={t('import.title')} help="import" />
      <PageBody>
        <div className="mx-auto max-w-5xl">
          <ImportWizard
            samples={
              can('samples.load') && <SampleLeadsButton onLoaded={() => void navigate('/leads')} />
            }
          />
        </div>
      </PageBody>
    </>
  )
}
