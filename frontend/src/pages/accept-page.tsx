import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'

import { AcceptForm } from '@/features/auth/components/accept-form'
import { AuthCard } from '@/features/auth/components/auth-card'

export function Component() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [params] = useSearchParams()
  return (
    <AuthCard title={t('auth.acceptTitle')} lead={t('auth.acceptLead')}>
      <AcceptForm
        token={params.get('token') ?? ''}
        onDone={() => void navigate('/', { replace: true })}
      />
    </AuthCard>
  )
}
