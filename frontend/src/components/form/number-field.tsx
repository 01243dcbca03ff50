import { FormField, type FormFieldProps } from '@/components/form/form-field'
import { NumberInput } from '@/components/ui/number-field'

interface NumberFieldProps extends FormFieldProps {
  min?: number
  max?: number
  step?: number
  unit?: string
  steppers?: boolean
  placeholder?: string
  autoFocus?: boolean
}

/** A number; null in the form's values while the field is empty. */
export function NumberField(props: NumberFieldProps) {
  const { name, label, hint, optional, className, ...input } = props
  return (
    <FormField {...{ name, label, hint, optional, className }}>
      {(control, { value, onChange, onBlur, ref }) => (
        <NumberInput
          {...input}
          {...control}
          ref={ref}
          value={(value as number | null | undefined) ?? null}
          onChange={onChange}
          onBlur={onBlur}
        />
      )}
    </FormField>
  )
}
