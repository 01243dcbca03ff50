import { zodResolver } from '@hookform/resolvers/zod'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'

import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { SignInProblem } from '@/features/auth/components/sign-in-problem'
import { useAcceptInvite } from '@/features/auth/queries'
import { acceptSchema } from '@/features/auth/schema'
import { useFaultText } from '@/features/auth/use-fault-text'
import { useFieldFaults } from '@/features/auth/use-field-faults'

interface AcceptInput {
  name: string
  password: string
}

/** Where an invited person chooses a name and a password. */
export function AcceptForm({ token, onDone }: { token: string; onDone: () => void }) {
  const { t } = useTranslation()
  const accept = useAcceptInvite()
  const fault = useFaultText()
  const form = useForm<AcceptInput>({
    resolver: zodResolver(acceptSchema),
    defaultValues: { name: '', password: '' },
  })
  useFieldFaults(accept.error, ['name', 'password'], form.setError)
  const { errors } = form.formState
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) =>
        void form.handleSubmit((input) =>
          accept.mutate({ token, ...input }, { onSuccess: onDone }),
        )(event)
      }
    >
      <SignInProblem error={accept.error} />
      <Field label={t('auth.name')} error={fault(errors.name)}>
        {(control) => (
          <input {...control} {...form.register('name')} autoComplete="name" className="control" />
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
      <Button type="submit" variant="primary" busy={accept.isPending} className="h-9">
        {t('auth.join')}
      </Button>
    </form>
  )
}
