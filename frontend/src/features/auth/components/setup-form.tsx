import { zodResolver } from '@hookform/resolvers/zod'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'

import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { SignInProblem } from '@/features/auth/components/sign-in-problem'
import { type SetupInput, useSetup } from '@/features/auth/queries'
import { setupSchema } from '@/features/auth/schema'
import { useFaultText } from '@/features/auth/use-fault-text'
import { useFieldFaults } from '@/features/auth/use-field-faults'

/** Creates the first account, the administrator. */
export function SetupForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation()
  const setup = useSetup()
  const fault = useFaultText()
  const form = useForm<SetupInput>({
    resolver: zodResolver(setupSchema),
    defaultValues: { name: '', email: '', password: '' },
  })
  useFieldFaults(setup.error, ['name', 'email', 'password'], form.setError)
  const { errors } = form.formState
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) =>
        void form.handleSubmit((input) => setup.mutate(input, { onSuccess: onDone }))(event)
      }
    >
      <SignInProblem error={setup.error} />
      <Field label={t('auth.name')} error={fault(errors.name)}>
        {(control) => (
          <input
            {...control}
            {...form.register('name')}
            autoComplete="name"
            autoFocus
            className="control"
          />
        )}
      </Field>
      <Field label={t('auth.email')} error={fault(errors.email)}>
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
      <Field
        label={t('auth.password')}
        hint={t('auth.passwordHint')}
        error={fault(errors.password)}
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
      <Button type="submit" variant="primary" busy={setup.isPending} className="h-9">
        {t('auth.createAdmin')}
      </Button>
    </form>
  )
}
