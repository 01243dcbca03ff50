import type { ReactNode } from 'react'
import type { FieldValues } from 'react-hook-form'
import { useTranslation } from 'react-i18next'

import { Form, SubmitButton } from '@/components/form/form'
import { TextField } from '@/components/form/text-field'
import type { ProblemForm } from '@/components/form/use-problem-form'

interface AuthFormProps<T extends FieldValues> {
  form: ProblemForm<T>
  submit: string
  children: ReactNode
}

/** Fields, and below them the one button. */
export function AuthForm<T extends FieldValues>({ form, submit, children }: AuthFormProps<T>) {
  return (
    <Form form={form}>
      {children}
      <SubmitButton className="h-9">{submit}</SubmitButton>
    </Form>
  )
}

export function NameField({ autoFocus }: { autoFocus?: boolean }) {
  const { t } = useTranslation()
  return <TextField name="name" label={t('auth.name')} autoComplete="name" autoFocus={autoFocus} />
}

/** Password managers know an address beside a password as the user's name. */
export function EmailField({ autoFocus }: { autoFocus?: boolean }) {
  const { t } = useTranslation()
  return (
    <TextField
      name="email"
      type="email"
      inputMode="email"
      label={t('auth.email')}
      autoComplete="username"
      spellCheck={false}
      autoFocus={autoFocus}
    />
  )
}
