import { memo, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { ImportPreview } from '@/api/contract'
import { Badge } from '@/components/ui/badge'
import { Select } from '@/components/ui/select'
import { ownField } from '@/features/imports/choices'
import { SureBadge } from '@/features/imports/components/sure-badge'

export const MAPPING_GRID =
  'grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 gap-y-1 px-4 sm:grid-cols-[minmax(0,1fr)_minmax(0,1.4fr)_13rem_7.5rem]'

type Column = ImportPreview['columns'][number]

interface MappingRowProps {
  column: Column
  fields: ImportPreview['fields']
  field: string | null
  /** Another column that fills the same lead field. */
  rival: string | undefined
  /** Among very many: the choices are written out once one comes near. */
  lazy: boolean
  onChoose: (header: string, field: string | null) => void
}

/** One column: its samples, what it is taken for, and how sure that is. */
export const MappingRow = memo(function MappingRow(props: MappingRowProps) {
  const { column, fields, field, rival, lazy, onChoose } = props
  const { t } = useTranslation()
  const [near, setNear] = useState(!lazy)
  const own = field?.startsWith('custom.')
    ? field
    : column.field?.startsWith('custom.')
      ? column.field
      : ownField(column.header)
  const samples = (column.samples ?? []).filter(Boolean).slice(0, 3).join(' · ')
  return (
    <div
      className={`${MAPPING_GRID} h-full border-t border-line text-sm`}
      onPointerEnter={() => setNear(true)}
      onFocus={() => setNear(true)}
    >
      <span dir="auto" title={column.header} className="truncate font-medium">
        {column.header}
      </span>
      <span
        dir="auto"
        title={samples}
        className="truncate text-ink-2 max-sm:order-3 max-sm:col-span-2 max-sm:text-xs"
      >
        {samples || '–'}
      </span>
      <Select
        aria-label={`${t('import.field')}: ${column.header}`}
        value={field ?? 'skip'}
        onChange={(next) => onChoose(column.header, next === 'skip' ? null : next)}
        className="w-full max-sm:order-4"
        options={[
          { value: 'skip', label: t('import.skip') },
          { value: own, label: t('import.ownField', { name: own.slice('custom.'.length) }) },
          {
            label: t('import.leadFields'),
            options: fields
              .filter(({ name }) => (near ? !name.startsWith('custom.') : name === field))
              .map(({ name, label }) => ({ value: name, label })),
          },
        ]}
      />
      <span className="flex min-w-0 justify-start max-sm:order-2 max-sm:justify-end">
        {rival !== undefined ? (
          <span title={t('import.rival', { column: rival })}>
            <Badge tone="warn">{t('import.double')}</Badge>
          </span>
        ) : field !== column.field ? (
          <Badge>{t('import.chosen')}</Badge>
        ) : field?.startsWith('custom.') ? (
          <Badge>{t('import.own')}</Badge>
        ) : field ? (
          <SureBadge value={column.confidence} reason={column.reason} />
        ) : (
          <Badge>{t('import.skipped')}</Badge>
        )}
      </span>
    </div>
  )
})
