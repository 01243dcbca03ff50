import { useTranslation } from 'react-i18next'

import { PasswordField } from '@/components/form/password-field'
import { Dialog } from '@/components/ui/dialog'
import { AuthForm } from '@/features/auth/components/auth-form'
import { useSignInAgain } from '@/features/auth/queries'
import { againSchema } from '@/features/auth/schema'
import { useAuthForm } from '@/features/auth/use-auth-form'

/** Asks for the password over the page when the session has ended; what is on the page stays. */
export function SignInAgainDialog({ email, onDone }: { email: string; onDone: () => void }) {
  const { t } = useTranslation()
  const login = useSignInAgain(onDone)
  const form = useAuthForm<{ password: string }>({
    schema: againSchema,
    defaultValues: { password: '' },
    send: ({ password }) => login.mutateAsync({ email, password, remember: true }),
  })
  return (
    <Dialog
      open
      firm
      onClose={() => undefined}
      title={t('auth.ended')}
      description={t('auth.endedBody')}
    >
      <AuthForm form={form} submit={t('auth.signIn')}>
        <p className="text-sm">
          <span className="text-ink-2">{t('auth.email')}: </span>
          <span dir="auto" className="font-medium break-words">
            {email}
          </span>
        </p>
        {/* For password managers, which look for the name beside the password. */}
        <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
        <PasswordField
          name="password"
          label={t('auth.password')}
          autoComplete="current-password"
          autoFocus
        />
        <a href="/login" className="text-sm text-accent-text hover:underline">
          {t('auth.someoneElse')}
        </a>
      </AuthForm>
    </Dialog>
  )
}
