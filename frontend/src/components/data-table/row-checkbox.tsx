import { Check } from 'lucide-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'

import type { RowSelection } from '@/components/data-table/use-row-selection'
import { Checkbox } from '@/components/ui/checkbox'

interface RowCheckboxProps {
  checked: boolean
  label: string
  onToggle: (range: boolean) => void
}

/** The box of a card. */
export function RowCheckbox({ checked, label, onToggle }: RowCheckboxProps) {
  const { t } = useTranslation()
  const range = useRef(false)
  return (
    <span
      className="flex h-full items-center"
      onClickCapture={(event) => {
        range.current = event.shiftKey
      }}
    >
      <Checkbox
        checked={checked}
        onCheckedChange={() => onToggle(range.current)}
        label={t('table.selectRow', { name: label })}
      />
    </span>
  )
}

/**
 * The box of a grid's row, out of the order of Tab; its cell takes the press.
 * Nothing in it is positioned and nothing moves: a row that scrolls by is drawn
 * for the cost of its texts.
 */
export function GridCheckbox({ checked, label, onToggle }: RowCheckboxProps) {
  return (
    <span className="inline-grid size-4 place-items-center *:[grid-area:1/1]">
      <input
        type="checkbox"
        checked={checked}
        tabIndex={-1}
        aria-label={label}
        onChange={(event) => onToggle((event.nativeEvent as MouseEvent).shiftKey)}
        className="size-4 cursor-pointer appearance-none rounded-sm border border-line-strong bg-surface checked:border-accent checked:bg-accent hover:border-ink-3"
      />
      {checked && (
        <Check aria-hidden strokeWidth={3} className="pointer-events-none size-3 text-accent-ink" />
      )}
    </span>
  )
}

export function SelectAll({
  rows,
  selection,
}: {
  rows: readonly string[]
  selection: RowSelection
}) {
  const { t } = useTranslation()
  const all = selection.everything || (rows.length > 0 && selection.ids.size >= rows.length)
  return (
    <Checkbox
      checked={all ? true : selection.ids.size > 0 ? 'indeterminate' : false}
      tabIndex={-1}
      onCheckedChange={selection.toggleLoaded}
      label={t('table.selectLoaded')}
    />
  )
}
