import { zodResolver } from '@hookform/resolvers/zod'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'

import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { SignInProblem } from '@/features/auth/components/sign-in-problem'
import { useConfirmReset, useRequestReset } from '@/features/auth/queries'
import { confirmSchema, resetSchema } from '@/features/auth/schema'
import { useFaultText } from '@/features/auth/use-fault-text'
import { useFieldFaults } from '@/features/auth/use-field-faults'

/** Asks for a reset link. The answer is the same whether the address is known or not. */
export function RequestResetForm() {
  const { t } = useTranslation()
  const reset = useRequestReset()
  const fault = useFaultText()
  const form = useForm<{ email: string }>({
    resolver: zodResolver(resetSchema),
    defaultValues: { email: '' },
  })
  if (reset.isSuccess) return <p role="status">{t('auth.resetSent')}</p>
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => void form.handleSubmit((input) => reset.mutate(input))(event)}
    >
      <SignInProblem error={reset.error} />
      <Field label={t('auth.email')} error={fault(form.formState.errors.email)}>
        {(control) => (
          <input
            {...control}
            {...form.register('email')}
            type="email"
            autoComplete="username"
            className="control"
          />
        )}
      </Field>
      <Button type="submit" variant="primary" busy={reset.isPending} className="h-9">
        {t('auth.sendReset')}
      </Button>
    </form>
  )
}

export function ConfirmResetForm({ token, onDone }: { token: string; onDone: () => void }) {
  const { t } = useTranslation()
  const confirm = useConfirmReset()
  const fault = useFaultText()
  const form = useForm<{ password: string }>({
    resolver: zodResolver(confirmSchema),
    defaultValues: { password: '' },
  })
  useFieldFaults(confirm.error, ['password'], form.setError)
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) =>
        void form.handleSubmit((input) =>
          confirm.mutate({ token, ...input }, { onSuccess: onDone }),
        )(event)
      }
    >
      <SignInProblem error={confirm.error} />
      <Field
        label={t('auth.newPassword')}
        hint={t('auth.passwordHint')}
        error={fault(form.formState.errors.password)}
      >
        {(control) => (
          <input
            {...control}
            {...form.register('password')}
            type="password"
            autoComplete="new-password"
            className="control"
          />
        )}
      </Field>
      <Button type="submit" variant="primary" busy={confirm.isPending} className="h-9">
        {t('auth.setPassword')}
      </Button>
    </form>
  )
}
