import { useParams } from 'react-router'

import { PageBody, PageHeader } from '@/components/layout/page'
import { ButtonLink } from '@/components/ui/button'
import { ProfileWizard } from '@/features/profile/wizard/profile-wizard'
import { useTranslation } from 'react-i18next'

export function Component() {
  const { t } = useTranslation()
  const { step } = useParams()
  return (
    <>
      <PageHeader
        title={t('wizard.title')}
        help="profile"
        actions={step !== 'done' && <ButtonLink to="/profile">{t('wizard.leave')}</ButtonLink>}
      />
      <PageBody>
        <ProfileWizard step={step} />
      </PageBody>
    </>
  )
}
