import { type ReactNode, use, useEffect } from 'react'
import { type ControllerRenderProps, useController, useFormContext } from 'react-hook-form'

import { FormContext, useFaultWords } from '@/components/form/form'
import { type ControlProps, Field } from '@/components/ui/field'

export interface FormFieldProps {
  /** The path in the form's values. */
  name: string
  label: string
  hint?: ReactNode
  /** Says so beside the label; the check itself is the resolver's. */
  optional?: boolean
  disabled?: boolean
  className?: string
}

/** What ties any control to the form around it. */
export function useFormField(name: string) {
  const { control } = useFormContext()
  const { field, fieldState } = useController({ name, control })
  const words = useFaultWords()
  const state = use(FormContext)
  const shown = state?.shown

  useEffect(() => {
    shown?.add(name)
    return () => void shown?.delete(name)
  }, [shown, name])

  return { field, error: words(fieldState.error?.message) }
}

interface Props extends FormFieldProps {
  children: (control: ControlProps, field: ControllerRenderProps) => ReactNode
}

/** A labelled field of the form around it, around any control. */
export function FormField({ name, label, hint, optional, className, children }: Props) {
  const { field, error } = useFormField(name)
  return (
    <Field label={label} hint={hint} error={error} optional={optional} className={className}>
      {(control) => children(control, field)}
    </Field>
  )
}
