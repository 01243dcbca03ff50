import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { FieldChoices } from '@/components/filter-builder/choices'
import { kindOf, wordsOf } from '@/components/filter-builder/fields'
import { TimePicker } from '@/components/filter-builder/time-picker'
import type { FilterWords } from '@/components/filter-builder/use-words'
import { valueFits } from '@/components/filter-builder/values'
import { Checkbox } from '@/components/ui/checkbox'
import { MultiCombobox } from '@/components/ui/multi-combobox'
import { Select } from '@/components/ui/select'
import { useDebounced } from '@/hooks/use-debounced'
import { GRADES, LEAD_STATUSES } from '@/types/grade'

interface ValuePickerProps {
  field: string
  many: boolean
  values: readonly string[]
  words: FilterWords
  choices: FieldChoices | null
  onChange: (values: string[]) => void
}

/** Chooses or takes the value of a condition, in the way of its field. */
export function ValuePicker(props: ValuePickerProps) {
  const { field, many, values, words, choices, onChange } = props
  const { t } = useTranslation()
  const kind = kindOf(field) ?? 'text'
  const few =
    kind === 'grade'
      ? GRADES
      : kind === 'status'
        ? LEAD_STATUSES
        : kind === 'word'
          ? wordsOf(field)
          : null
  if (few && many) {
    const written = values.map((each) =>
      kind === 'grade' ? each.toUpperCase() : each.toLowerCase(),
    )
    return (
      <div
        role="group"
        aria-label={t('filter.valueName')}
        className="flex flex-wrap gap-x-4 gap-y-2 py-1.5"
      >
        {few.map((value) => (
          <Checkbox
            key={value}
            showLabel
            label={words.value(field, value)}
            checked={written.includes(value)}
            onCheckedChange={(on) =>
              onChange(few.filter((each) => (each === value ? on : written.includes(each))))
            }
          />
        ))}
      </div>
    )
  }
  if (few) {
    return (
      <Select
        autoFocus
        aria-label={t('filter.valueName')}
        placeholder={t('ui.choose')}
        value={values[0]?.toUpperCase() ?? ''}
        onChange={(value) => onChange([value])}
        options={few.map((value) => ({ value: value, label: words.value(field, value) }))}
      />
    )
  }
  if (kind === 'time') {
    return <TimePicker value={values[0] ?? ''} onChange={(value) => onChange([value])} />
  }
  if (many) {
    const open = choices?.open ?? true
    return (
      <MultiCombobox
        label={t('filter.valueName')}
        aria-label={t('filter.valueName')}
        value={values}
        onChange={onChange}
        options={withOwn(choices, values, (value) => words.value(field, value))}
        loading={choices?.loading}
        placeholder={choices ? undefined : t('filter.writeValue')}
        onCreate={
          open
            ? (text) => {
                if (valueFits(kind, field, text)) onChange([...values, text])
              }
            : undefined
        }
      />
    )
  }
  return <TextValue field={field} value={values[0] ?? ''} onChange={(value) => onChange([value])} />
}

/** The options with what is chosen beside them. */
function withOwn(
  choices: FieldChoices | null,
  values: readonly string[],
  label: (value: string) => string,
) {
  const options = choices?.options ?? []
  const others = values.filter((value) => !options.some((each) => each.value === value))
  return [...options, ...others.map((value) => ({ value, label: label(value) }))]
}

interface TextValueProps {
  field: string
  value: string
  onChange: (value: string) => void
}

/** A value as it is typed; the list follows when the typing rests. */
function TextValue({ field, value, onChange }: TextValueProps) {
  const { t } = useTranslation()
  const [text, setText] = useState(value)
  const settled = useDebounced(text, 250)
  const kind = kindOf(field) ?? 'text'
  const number = kind === 'int' || kind === 'money'
  const wrong = text !== '' && !valueFits(kind, field, text)

  useEffect(() => {
    if (settled !== value) onChange(settled)
    // Only what was typed counts, not a change from outside.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [settled])

  return (
    <>
      <input
        autoFocus
        dir="auto"
        inputMode={number ? 'decimal' : undefined}
        aria-label={t('filter.valueName')}
        aria-invalid={wrong || undefined}
        placeholder={number ? '50' : t('filter.writeValue')}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={() => text !== value && onChange(text)}
        className="control"
      />
      {wrong && <p className="mt-1 text-xs text-bad">{t('filter.wrongValue')}</p>}
    </>
  )
}
