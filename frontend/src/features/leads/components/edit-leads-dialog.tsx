import { Plus, X } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { Button, IconButton } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { Combobox } from '@/components/ui/combobox'
import { Select } from '@/components/ui/select'
import { BULK_FIELDS, isComplete, type Setting, toSet } from '@/features/leads/bulk-set'
import { BulkDialog, type BulkDialogProps } from '@/features/leads/components/bulk-dialog'
import type { BulkChange } from '@/features/leads/use-bulk'
import { LEAD_STATUSES } from '@/types/grade'
import { regionChoices } from '@/utils/regions'

type Row = Setting & { key: number }

/** Gives the same values to many leads. */
export function EditLeadsDialog(props: BulkDialogProps) {
  const { t } = useTranslation()
  const [rows, setRows] = useState<Row[]>([
    { key: 0, field: 'status', name: '', value: '', none: false },
  ])
  const change = useMemo<BulkChange | null>(() => {
    const set = toSet(rows)
    return set && { action: 'edit', set }
  }, [rows])
  const free = BULK_FIELDS.find((field) => !rows.some((row) => row.field === field)) ?? 'custom'
  const add = () =>
    setRows([...rows, { key: rows.at(-1)!.key + 1, field: free, name: '', value: '', none: false }])
  const put = (row: Row) => setRows(rows.map((each) => (each.key === row.key ? row : each)))
  return (
    <BulkDialog
      {...props}
      title={t('bulk.editTitle')}
      change={change}
      verb={(count, n) => t('bulk.editVerb', { count, n })}
    >
      <ul className="flex flex-col gap-2">
        {rows.map((row) => (
          <li key={row.key}>
            <SettingRow
              row={row}
              onChange={put}
              onRemove={
                rows.length > 1
                  ? () => setRows(rows.filter((each) => each.key !== row.key))
                  : undefined
              }
            />
          </li>
        ))}
      </ul>
      <Button variant="ghost" icon={<Plus />} className="self-start" onClick={add}>
        {t('bulk.addField')}
      </Button>
    </BulkDialog>
  )
}

interface SettingRowProps {
  row: Row
  onChange: (row: Row) => void
  onRemove?: () => void
}

function SettingRow({ row, onChange, onRemove }: SettingRowProps) {
  const { t } = useTranslation()
  const label = row.field === 'custom' ? row.name : t(`lead.${row.field}`)
  const wrong = row.field === 'value' && row.value !== '' && !isComplete(row)
  return (
    <div className="flex items-start gap-1.5">
      <div className="flex w-36 shrink-0 flex-col gap-1.5">
        <Select
          aria-label={t('bulk.field')}
          value={row.field}
          onChange={(field) => onChange({ ...row, field, value: '', none: false })}
          options={[
            ...BULK_FIELDS.map((value) => ({ value, label: t(`lead.${value}`) })),
            { value: 'custom' as const, label: t('bulk.ownField') },
          ]}
        />
        {row.field === 'custom' && (
          <input
            dir="auto"
            aria-label={t('lead.customName')}
            placeholder={t('lead.customName')}
            maxLength={100}
            value={row.name}
            onChange={(event) => onChange({ ...row, name: event.target.value })}
            className="control"
          />
        )}
      </div>
      <div className="min-w-0 flex-1">
        {!row.none && (
          <SettingValue row={row} label={label} onChange={(value) => onChange({ ...row, value })} />
        )}
        {row.field !== 'status' && (
          <Checkbox
            showLabel
            label={t('bulk.takeAway')}
            checked={row.none}
            onCheckedChange={(none) => onChange({ ...row, none })}
            className="mt-1.5"
          />
        )}
        {wrong && <p className="mt-1 text-xs text-bad">{t('lead.valueFault')}</p>}
      </div>
      {onRemove && (
        <IconButton label={t('bulk.removeField', { field: label })} onClick={onRemove}>
          <X />
        </IconButton>
      )}
    </div>
  )
}

interface SettingValueProps {
  row: Row
  label: string
  onChange: (value: string) => void
}

function SettingValue({ row, label, onChange }: SettingValueProps) {
  const { t } = useTranslation()
  const regions = useMemo(() => (row.field === 'country' ? regionChoices() : []), [row.field])
  if (row.field === 'status') {
    return (
      <Select
        aria-label={label}
        placeholder={t('ui.choose')}
        value={row.value}
        onChange={onChange}
        options={LEAD_STATUSES.map((value) => ({
          value: value,
          label: t(`status.${value}`),
        }))}
      />
    )
  }
  if (row.field === 'country') {
    return (
      <Combobox
        clearable
        label={label}
        aria-label={label}
        value={row.value || null}
        onChange={(value) => onChange(value ?? '')}
        options={regions}
      />
    )
  }
  return (
    <input
      dir="auto"
      aria-label={label || t('lead.customValue')}
      inputMode={row.field === 'value' ? 'decimal' : undefined}
      value={row.value}
      onChange={(event) => onChange(event.target.value)}
      className="control"
    />
  )
}
