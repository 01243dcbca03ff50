import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'

import { AuthCard } from '@/features/auth/components/auth-card'
import { LoginForm } from '@/features/auth/components/login-form'
import { localPath } from '@/utils/local-path'

export function Component() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [params] = useSearchParams()
  return (
    <AuthCard title={t('auth.signIn')} lead={t('auth.signInLead')}>
      <LoginForm onDone={() => void navigate(localPath(params.get('next')), { replace: true })} />
    </AuthCard>
  )
}
