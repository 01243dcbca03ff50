import { Controller } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { PasswordField } from '@/components/form/password-field'
import { Checkbox } from '@/components/ui/checkbox'
import { AuthForm, EmailField } from '@/features/auth/components/auth-form'
import { type LoginInput, useLogin } from '@/features/auth/queries'
import { loginSchema } from '@/features/auth/schema'
import { useAuthForm } from '@/features/auth/use-auth-form'

export function LoginForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation()
  const login = useLogin()
  const form = useAuthForm<LoginInput>({
    schema: loginSchema,
    defaultValues: { email: '', password: '', remember: true },
    send: login.mutateAsync,
    onDone,
  })
  return (
    <AuthForm form={form} submit={t('auth.signIn')}>
      <EmailField autoFocus />
      <PasswordField name="password" label={t('auth.password')} autoComplete="current-password" />
      <div className="flex flex-wrap items-center justify-between gap-2">
        <Controller
          control={form.form.control}
          name="remember"
          render={({ field }) => (
            <Checkbox
              checked={field.value}
              onCheckedChange={field.onChange}
              label={t('auth.remember')}
              showLabel
            />
          )}
        />
        <Link to="/reset" className="text-sm text-accent-text hover:underline">
          {t('auth.forgot')}
        </Link>
      </div>
    </AuthForm>
  )
}
