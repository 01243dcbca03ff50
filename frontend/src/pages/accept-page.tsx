import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'

import { Callout } from '@/components/ui/callout'
import { AcceptForm } from '@/features/auth/components/accept-form'
import { AuthCard } from '@/features/auth/components/auth-card'

export function Component() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [params] = useSearchParams()
  const token = params.get('token')
  return (
    <AuthCard title={t('auth.acceptTitle')} lead={token ? t('auth.acceptLead') : undefined}>
      {token ? (
        <AcceptForm token={token} onDone={() => void navigate('/', { replace: true })} />
      ) : (
        <Callout tone="warn" title={t('auth.linkBroken')}>
          {t('auth.linkBrokenBody')}
        </Callout>
      )}
    </AuthCard>
  )
}
