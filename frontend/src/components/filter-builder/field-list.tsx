import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { kindOf } from '@/components/filter-builder/fields'
import type { FilterWords } from '@/components/filter-builder/use-words'
import { ListboxView } from '@/components/ui/listbox'
import { useListbox } from '@/components/ui/use-listbox'

interface FieldListProps {
  words: FilterWords
  onPick: (field: string) => void
}

/** The fields, found by typing; what is none of them can be a custom field. */
export function FieldList({ words, onPick }: FieldListProps) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const custom = `custom.${text.trim()}`
  const box = useListbox({
    options: words.fields(),
    text,
    open: true,
    setOpen: () => undefined,
    onPick: (option) => onPick(option.value),
    onCreate: kindOf(custom) ? () => onPick(custom) : undefined,
  })
  return (
    <>
      <input
        {...box.inputProps}
        autoFocus
        dir="auto"
        aria-label={t('filter.fieldSearch')}
        placeholder={t('filter.fieldSearch')}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          box.setActive(0)
        }}
        onKeyDown={(event) => event.key !== 'Escape' && box.onKeyDown(event)}
        className="control mb-1"
      />
      <ListboxView box={box} label={t('filter.fields')} text={text} isChosen={() => false} />
    </>
  )
}
