import { useTranslation } from 'react-i18next'

import { NewPasswordField } from '@/components/form/new-password-field'
import { AuthForm, EmailField, NameField } from '@/features/auth/components/auth-form'
import { type SetupInput, useSetup } from '@/features/auth/queries'
import { setupSchema } from '@/features/auth/schema'
import { useAuthForm } from '@/features/auth/use-auth-form'

/** Creates the first account, the administrator. */
export function SetupForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation()
  const setup = useSetup()
  const form = useAuthForm<SetupInput>({
    schema: setupSchema,
    defaultValues: { name: '', email: '', password: '' },
    send: setup.mutateAsync,
    onDone,
  })
  return (
    <AuthForm form={form} submit={t('auth.createAdmin')}>
      <NameField autoFocus />
      <EmailField />
      <NewPasswordField name="password" label={t('auth.password')} />
    </AuthForm>
  )
}
