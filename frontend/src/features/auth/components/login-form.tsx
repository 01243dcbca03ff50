import { zodResolver } from '@hookform/resolvers/zod'
import { Controller, useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { SignInProblem } from '@/features/auth/components/sign-in-problem'
import { type LoginInput, useLogin } from '@/features/auth/queries'
import { loginSchema } from '@/features/auth/schema'
import { useFaultText } from '@/features/auth/use-fault-text'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { Field } from '@/components/ui/field'

export function LoginForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation()
  const login = useLogin()
  const fault = useFaultText()
  const form = useForm<LoginInput>({
    resolver: zodResolver(loginSchema),
    defaultValues: { email: '', password: '', remember: true },
  })
  const { errors } = form.formState
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) =>
        void form.handleSubmit((input) => login.mutate(input, { onSuccess: onDone }))(event)
      }
    >
      <SignInProblem error={login.error} />
      <Field label={t('auth.email')} error={fault(errors.email)}>
        {(control) => (
          <input
            {...control}
            {...form.register('email')}
            type="email"
            autoComplete="username"
            autoFocus
            className="control"
          />
        )}
      </Field>
      <Field label={t('auth.password')} error={fault(errors.password)}>
        {(control) => (
          <input
            {...control}
            {...form.register('password')}
            type="password"
            autoComplete="current-password"
            className="control"
          />
        )}
      </Field>
      <div className="flex items-center justify-between">
        <Controller
          control={form.control}
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
      <Button type="submit" variant="primary" busy={login.isPending} className="h-9">
        {t('auth.signIn')}
      </Button>
    </form>
  )
}
