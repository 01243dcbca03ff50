import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'

import { AuthCard } from '@/features/auth/components/auth-card'
import { SetupForm } from '@/features/auth/components/setup-form'

export function Component() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  return (
    <AuthCard title={t('auth.setupTitle')} lead={t('auth.setupLead')} footer={t('auth.setupNote')}>
      <SetupForm onDone={() => void navigate('/', { replace: true })} />
    </AuthCard>
  )
}
