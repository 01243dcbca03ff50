import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import type { ChoicesOf } from '@/components/filter-builder/choices'
import { type Mode, modesFor, takesMany, takesNone } from '@/components/filter-builder/modes'
import type { FilterWords } from '@/components/filter-builder/use-words'
import { ValuePicker } from '@/components/filter-builder/value-picker'
import { IconButton } from '@/components/ui/button'
import { Combobox } from '@/components/ui/combobox'
import { Select } from '@/components/ui/select'

/** A condition while it is written: a value may be missing. */
export interface Draft {
  field: string
  mode: Mode
  values: readonly string[]
}

interface TestRowProps {
  draft: Draft
  words: FilterWords
  choicesOf: ChoicesOf
  onChange: (draft: Draft) => void
  onRemove?: () => void
}

/** Field, comparison and value of one condition. */
export function TestRow({ draft, words, choicesOf, onChange, onRemove }: TestRowProps) {
  const { t } = useTranslation()
  const { field, mode, values } = draft
  const pickField = (next: string | null) => {
    if (!next || next === field) return
    onChange({ field: next, mode: modesFor(next)[0]!, values: [] })
  }
  const pickMode = (next: Mode) => {
    const kept = takesMany(field, next) ? values : values.slice(0, 1)
    onChange({ field, mode: next, values: takesNone(next) ? [] : kept })
  }
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto] items-start gap-1.5 sm:grid-cols-[9.5rem_9rem_minmax(0,1fr)_auto]">
      <Combobox
        label={t('filter.fields')}
        aria-label={t('filter.fieldName')}
        value={field}
        display={words.field(field)}
        onChange={pickField}
        options={words.fields()}
        onCreate={(name) => pickField(`custom.${name.slice(0, 25)}`)}
      />
      <Select
        aria-label={t('filter.modeName')}
        value={mode}
        onChange={pickMode}
        options={modesFor(field, mode).map((value) => ({ value, label: words.mode(field, value) }))}
      />
      <div data-autofocus className="max-sm:order-last max-sm:col-span-3">
        {!takesNone(mode) && (
          <ValuePicker
            key={`${field} ${takesMany(field, mode)}`}
            field={field}
            many={takesMany(field, mode)}
            values={values}
            words={words}
            choices={choicesOf(field)}
            onChange={(next) => onChange({ field, mode, values: next })}
          />
        )}
      </div>
      {onRemove ? (
        <IconButton label={t('filter.remove')} onClick={onRemove}>
          <X />
        </IconButton>
      ) : (
        <span />
      )}
    </div>
  )
}
