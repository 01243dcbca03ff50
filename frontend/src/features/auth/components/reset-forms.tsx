import { useTranslation } from 'react-i18next'

import { NewPasswordField } from '@/components/form/new-password-field'
import { Callout } from '@/components/ui/callout'
import { AuthForm, EmailField } from '@/features/auth/components/auth-form'
import { useConfirmReset, useRequestReset } from '@/features/auth/queries'
import { confirmSchema, resetSchema } from '@/features/auth/schema'
import { useAuthForm } from '@/features/auth/use-auth-form'

/** Asks for a reset link. The answer is the same whether the address is known or not. */
export function RequestResetForm() {
  const { t } = useTranslation()
  const reset = useRequestReset()
  const form = useAuthForm<{ email: string }>({
    schema: resetSchema,
    defaultValues: { email: '' },
    send: reset.mutateAsync,
  })
  if (reset.isSuccess) {
    return (
      <div role="status">
        <Callout tone="good">{t('auth.resetSent')}</Callout>
      </div>
    )
  }
  return (
    <AuthForm form={form} submit={t('auth.sendReset')}>
      <EmailField autoFocus />
    </AuthForm>
  )
}

export function ConfirmResetForm({ token, onDone }: { token: string; onDone: () => void }) {
  const { t } = useTranslation()
  const confirm = useConfirmReset()
  const form = useAuthForm<{ password: string }>({
    schema: confirmSchema,
    defaultValues: { password: '' },
    send: (input) => confirm.mutateAsync({ token, ...input }),
    onDone,
  })
  return (
    <AuthForm form={form} submit={t('auth.setPassword')}>
      <NewPasswordField name="password" label={t('auth.newPassword')} autoFocus />
    </AuthForm>
  )
}
