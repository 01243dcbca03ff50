import { FormField, type FormFieldProps } from '@/components/form/form-field'
import { DateInput } from '@/components/ui/date'

interface DateFieldProps extends FormFieldProps {
  min?: string
  max?: string
}

/** A day as YYYY-MM-DD; empty in the form's values for none. */
export function DateField({ min, max, disabled, ...rest }: DateFieldProps) {
  return (
    <FormField {...rest}>
      {(control, { value, ...field }) => (
        <DateInput
          {...control}
          {...field}
          value={(value as string | null) ?? ''}
          min={min}
          max={max}
          disabled={disabled}
        />
      )}
    </FormField>
  )
}
