import { useTranslation } from 'react-i18next'

import { Field } from '@/components/ui/field'
import { NumberInput } from '@/components/ui/number-field'
import { Select } from '@/components/ui/select'
import { ItemList } from '@/features/profile/form/item-list'
import { DraftInput } from '@/features/profile/form/draft-input'
import { type Faults, faultOf } from '@/features/profile/form/faults'
import { type Field as FieldShape, toLines } from '@/features/profile/form/shapes'
import { type Path, valueAt } from '@/features/profile/yaml/plain'

export interface FieldsProps {
  fields: readonly FieldShape[]
  /** Of the whole document. */
  values: unknown
  path: Path
  set: (path: Path, value: unknown) => void
  readOnly: boolean
  /** What the server finds wrong, shown at the field it is about. */
  faults: Faults
}

/** The fields of a document, of a group in it or of one item of a list. */
export function FormFields({ fields, path, ...rest }: FieldsProps) {
  return fields.map((field) => (
    <OneField key={field.key} field={field} path={[...path, field.key]} {...rest} />
  ))
}

type OneFieldProps = Omit<FieldsProps, 'fields'> & { field: FieldShape }

function OneField({ field, values, path, set, readOnly, faults }: OneFieldProps) {
  const { t } = useTranslation()
  const { label, hint, required, shape } = field
  const value = valueAt(values, path)
  if (shape.kind === 'group') {
    return (
      <fieldset className="flex min-w-0 flex-col gap-3 rounded-md border border-line p-3">
        <legend className="px-1 text-sm font-medium">{label}</legend>
        {hint && <p className="text-xs text-ink-2">{hint}</p>}
        <FaultLine>{faults[path.join('/')]}</FaultLine>
        <FormFields {...{ fields: shape.fields, values, path, set, readOnly, faults }} />
      </fieldset>
    )
  }
  if (shape.kind === 'list') {
    return (
      <ItemList {...{ label, hint, fields: shape.fields, values, path, set, readOnly, faults }} />
    )
  }
  if (shape.kind === 'free') {
    return (
      <div className="text-sm">
        <p className="text-xs font-medium text-ink-2">{label}</p>
        <p className="text-ink-2">{t('profile.inYaml')}</p>
        <FaultLine>{faultOf(faults, path)}</FaultLine>
      </div>
    )
  }
  return (
    <Field label={label} hint={hint} optional={!required} error={faultOf(faults, path)}>
      {(control) => {
        const shared = { ...control, readOnly }
        if (shape.kind === 'choice') {
          return (
            <Select
              {...control}
              disabled={readOnly}
              value={typeof value === 'string' ? value : ''}
              onChange={(next) => set(path, next || null)}
              options={[
                { value: '', label: t('profile.unset') },
                ...shape.options.map((each) => ({ value: each, label: each })),
              ]}
            />
          )
        }
        if (shape.kind === 'lines') {
          return (
            <DraftInput
              {...shared}
              rows={4}
              value={Array.isArray(value) ? (value as unknown[]) : []}
              print={(list) => list.map(String).join('\n')}
              read={toLines}
              onChange={(list) => set(path, list)}
            />
          )
        }
        if (shape.kind === 'number') {
          return (
            <NumberInput
              {...shared}
              className="w-40"
              min={shape.min}
              max={shape.max}
              value={typeof value === 'number' ? value : null}
              onChange={(number) => set(path, number)}
            />
          )
        }
        return (
          <DraftInput
            {...shared}
            rows={shape.long ? 3 : undefined}
            value={plain(value)}
            print={(words) => words}
            read={(typed) => typed}
            onChange={(words) => set(path, words === '' ? null : words)}
          />
        )
      }}
    </Field>
  )
}

export function FaultLine({ children }: { children: string | undefined }) {
  return children ? <p className="text-xs break-words text-bad">{children}</p> : null
}

/** A block text's last line break is not part of what people wrote. */
function plain(value: unknown): string {
  if (typeof value === 'string') return value.replace(/\n$/, '')
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
}
