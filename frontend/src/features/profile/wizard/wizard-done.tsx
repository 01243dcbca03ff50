import { useQuery } from '@tanstack/react-query'
import { CircleCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import { EmptyState } from '@/components/feedback/empty-state'
import { ButtonLink } from '@/components/ui/button'
import { profileQuery } from '@/features/profile/queries'
import { useCan } from '@/hooks/use-can'

/** The profile is saved; what comes next. */
export function WizardDone() {
  const { t } = useTranslation()
  const can = useCan()
  const profile = useQuery(profileQuery)
  return (
    <EmptyState
      icon={<CircleCheck className="text-good" />}
      title={t('wizard.doneTitle', { n: profile.data?.version ?? '' })}
      body={
        <>
          {t('wizard.doneBody')} {can('leads.import') && t('wizard.doneNext')}
        </>
      }
      action={
        <>
          {can('leads.import') && (
            <ButtonLink variant="primary" to="/imports/new">
              {t('wizard.doneImport')}
            </ButtonLink>
          )}
          <ButtonLink to="/leads">{t('wizard.doneLeads')}</ButtonLink>
          <ButtonLink to="/profile">{t('wizard.doneProfile')}</ButtonLink>
        </>
      }
    />
  )
}
