import type { ComponentProps } from 'react'

import { FormField, type FormFieldProps } from '@/components/form/form-field'

type TextFieldProps = FormFieldProps &
  Pick<
    ComponentProps<'input'>,
    'type' | 'autoComplete' | 'autoFocus' | 'placeholder' | 'maxLength' | 'inputMode' | 'spellCheck'
  >

export function TextField(props: TextFieldProps) {
  const { name, label, hint, optional, className, disabled, ...input } = props
  return (
    <FormField {...{ name, label, hint, optional, className }}>
      {(control, field) => (
        <input
          {...input}
          {...control}
          {...field}
          value={(field.value as string | null) ?? ''}
          disabled={disabled}
          className="control"
        />
      )}
    </FormField>
  )
}
