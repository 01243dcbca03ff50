import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate, useSearchParams } from 'react-router'

import { Callout } from '@/components/ui/callout'
import { AuthCard } from '@/features/auth/components/auth-card'
import { LoginForm } from '@/features/auth/components/login-form'
import { localPath } from '@/utils/local-path'

export function Component() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [params] = useSearchParams()
  const { state } = useLocation() as { state: unknown }
  return (
    <AuthCard title={t('auth.signIn')} lead={t('auth.signInLead')}>
      {state === 'password-set' && (
        <Callout tone="good" className="mb-4" alert>
          {t('auth.passwordSet')}
        </Callout>
      )}
      <LoginForm onDone={() => void navigate(localPath(params.get('next')), { replace: true })} />
    </AuthCard>
  )
}
