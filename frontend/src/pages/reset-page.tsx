import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useSearchParams } from 'react-router'

import { AuthCard } from '@/features/auth/components/auth-card'
import { ConfirmResetForm, RequestResetForm } from '@/features/auth/components/reset-forms'

export function Component() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [params] = useSearchParams()
  const token = params.get('token')
  return (
    <AuthCard
      title={t('auth.resetTitle')}
      lead={token ? undefined : t('auth.resetLead')}
      footer={
        <Link to="/login" className="text-accent-text hover:underline">
          {t('auth.backToSignIn')}
        </Link>
      }
    >
      {token ? (
        <ConfirmResetForm
          token={token}
          onDone={() => void navigate('/login', { replace: true, state: 'password-set' })}
        />
      ) : (
        <RequestResetForm />
      )}
    </AuthCard>
  )
}
