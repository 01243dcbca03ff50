import { useTranslation } from 'react-i18next'

import { NewPasswordField } from '@/components/form/new-password-field'
import { AuthForm, NameField } from '@/features/auth/components/auth-form'
import { useAcceptInvite } from '@/features/auth/queries'
import { acceptSchema } from '@/features/auth/schema'
import { useAuthForm } from '@/features/auth/use-auth-form'

/** Where an invited person chooses a name and a password. */
export function AcceptForm({ token, onDone }: { token: string; onDone: () => void }) {
  const { t } = useTranslation()
  const accept = useAcceptInvite()
  const form = useAuthForm<{ name: string; password: string }>({
    schema: acceptSchema,
    defaultValues: { name: '', password: '' },
    send: (input) => accept.mutateAsync({ token, ...input }),
    onDone,
  })
  return (
    <AuthForm form={form} submit={t('auth.join')}>
      <NameField autoFocus />
      <NewPasswordField name="password" label={t('auth.password')} />
    </AuthForm>
  )
}
