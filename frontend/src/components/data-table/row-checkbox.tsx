import { useRef } from 'react'
import { useTranslation } from 'react-i18next'

import type { RowSelection } from '@/components/data-table/use-row-selection'
import { Checkbox } from '@/components/ui/checkbox'

interface RowCheckboxProps {
  checked: boolean
  label: string
  /** Out of the order of Tab, where a grid's keys reach it. */
  inGrid?: boolean
  onToggle: (range: boolean) => void
}

export function RowCheckbox({ checked, label, inGrid, onToggle }: RowCheckboxProps) {
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
        tabIndex={inGrid ? -1 : undefined}
        onCheckedChange={() => onToggle(range.current)}
        label={t('table.selectRow', { name: label })}
      />
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
