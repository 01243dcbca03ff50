import { FileUp } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import { PageBody, PageHeader } from '@/components/layout/page'
import { ButtonLink } from '@/components/ui/button'
import { ImportList } from '@/features/imports/components/import-list'
import { useCan } from '@/hooks/use-can'

export function Component() {
  const { t } = useTranslation()
  const can = useCan()
  return (
    <>
      <PageHeader
        title={t('import.many')}
        help="import"
        actions={
          can('leads.import') && (
            <ButtonLink to="/imports/new" variant="primary" icon={<FileUp />}>
              {t('import.new')}
            </ButtonLink>
          )
        }
      />
      <PageBody>
        <ImportList />
      </PageBody>
    </>
  )
}
