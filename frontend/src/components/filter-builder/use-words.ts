import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'

import type { Test } from '@/components/filter-builder/chips'
import { type ChoicesOf, OFFERED_FIELDS } from '@/components/filter-builder/choices'
import { kindOf } from '@/components/filter-builder/fields'
import { familyOf, type Mode, modeOf } from '@/components/filter-builder/modes'
import type { Choice } from '@/components/ui/use-listbox'
import { formatDay, formatExact } from '@/utils/format'

const RELATIVE = /^([+-])(\d+)([hdwmy])$/i
const DAY = /^\d{4}-\d{2}-\d{2}$/
/** A chip shows so many values and counts the rest. */
const SHOWN = 3

const none = (): readonly string[] => []

/** Says fields, comparisons and values of a filter in people's words. */
export function useFilterWords(choicesOf: ChoicesOf, customFields: () => readonly string[] = none) {
  const { t } = useTranslation()

  const field = useCallback(
    (name: string): string =>
      name.startsWith('custom.')
        ? name.slice('custom.'.length)
        : t(`filter.field.${name}` as never),
    [t],
  )
  const mode = (name: string, of: Mode): string => t(`filter.mode.${familyOf(name)}.${of}` as never)

  const value = (name: string, text: string): string => {
    const chosen = choicesOf(name)?.options.find((each) => each.value === text)
    if (chosen) return chosen.label
    const kind = kindOf(name)
    if (kind === 'grade') return text.toUpperCase()
    if (kind === 'status') return t(`status.${text.toLowerCase()}` as never)
    if (kind === 'word') return t(`filter.${name.toLowerCase()}.${text.toLowerCase()}` as never)
    if (kind === 'id' || kind === 'of') return text === 'me' ? t('filter.me') : text.slice(0, 8)
    return kind === 'time' ? time(text) : text
  }

  const time = (text: string): string => {
    const found = RELATIVE.exec(text)
    if (found) {
      const unit = found[3]!.toLowerCase()
      const way = found[1] === '-' ? 'ago' : 'ahead'
      return t(`filter.${way}.${unit}` as never, { count: Number(found[2]) })
    }
    if (/^(now|today|yesterday)$/i.test(text)) return t(`filter.${text.toLowerCase()}` as never)
    return DAY.test(text) ? formatDay(text) : formatExact(text)
  }

  const test = (each: Test) => {
    const shown = each.values.slice(0, SHOWN).map((text) => value(each.field, text))
    const rest = each.values.length - shown.length
    return {
      field: field(each.field),
      mode: mode(each.field, modeOf(each)),
      values: shown.join(', ') + (rest > 0 ? ` +${rest}` : ''),
    }
  }

  /** What there is to choose from; the workspace's own fields come last, with a note. */
  const fields = (): Choice[] => [
    ...OFFERED_FIELDS.map((name) => ({ value: name, label: field(name) })),
    ...customFields().map((name) => ({
      value: `custom.${name}`,
      label: name,
      note: t('filter.customField'),
    })),
  ]

  return { field, fields, mode, value, test }
}

export type FilterWords = ReturnType<typeof useFilterWords>
