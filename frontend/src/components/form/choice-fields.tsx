import { FormField, type FormFieldProps, useFormField } from '@/components/form/form-field'
import { MultiCombobox, type MultiComboboxProps } from '@/components/ui/multi-combobox'
import { type Option, type OptionGroup, Select } from '@/components/ui/select'
import { Switch } from '@/components/ui/switch'
import type { Choice } from '@/components/ui/use-listbox'

interface SelectFieldProps extends FormFieldProps {
  options: readonly (Option | OptionGroup)[]
  placeholder?: string
}

export function SelectField({ options, placeholder, disabled, ...rest }: SelectFieldProps) {
  return (
    <FormField {...rest}>
      {(control, { value, onChange, onBlur, ref }) => (
        <Select
          {...control}
          ref={ref}
          value={(value as string | null) ?? ''}
          onChange={onChange}
          onBlur={onBlur}
          options={options}
          placeholder={placeholder}
          disabled={disabled}
        />
      )}
    </FormField>
  )
}

type MultiComboboxFieldProps = FormFieldProps & {
  options: readonly Choice[]
} & Pick<MultiComboboxProps<string>, 'placeholder' | 'onSearch' | 'loading'> & {
    /** What is typed may be added as it is. */
    free?: boolean
  }

export function MultiComboboxField(props: MultiComboboxFieldProps) {
  const { name, label, hint, optional, className, free, ...box } = props
  return (
    <FormField {...{ name, label, hint, optional, className }}>
      {(control, { value, onChange, onBlur, ref }) => {
        const chosen = (value as string[] | null) ?? []
        return (
          <MultiCombobox
            {...box}
            {...control}
            inputRef={ref}
            label={label}
            value={chosen}
            onChange={onChange}
            onCreate={free ? (text) => onChange([...new Set([...chosen, text])]) : undefined}
            onBlur={onBlur}
          />
        )
      }}
    </FormField>
  )
}

/** A setting that is on or off; the words stand before the switch. */
export function SwitchField({ name, label, hint, disabled, className }: FormFieldProps) {
  const { field, error } = useFormField(name)
  return (
    <div className={className}>
      <div className="flex items-center justify-between gap-4">
        <span aria-hidden className="text-sm">
          {label}
        </span>
        <Switch
          checked={!!field.value}
          onCheckedChange={field.onChange}
          label={label}
          disabled={disabled}
        />
      </div>
      <Note hint={hint} error={error} />
    </div>
  )
}

function Note({ hint, error }: Pick<FormFieldProps, 'hint'> & { error?: string }) {
  if (error) {
    return (
      <p role="alert" className="mt-1 text-xs text-bad">
        {error}
      </p>
    )
  }
  return hint ? <p className="mt-1 text-xs text-ink-2">{hint}</p> : null
}
