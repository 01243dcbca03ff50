import { type ReactNode, useId, useMemo } from 'react'
import { useTranslation } from 'react-i18next'

import type { ImportPreview, ImportReading } from '@/api/contract'
import { Badge } from '@/components/ui/badge'
import { Combobox } from '@/components/ui/combobox'
import { Select } from '@/components/ui/select'
import type { Choices } from '@/features/imports/choices'
import { SureBadge } from '@/features/imports/components/sure-badge'
import { regionChoices } from '@/utils/regions'

const ENCODINGS = ['utf-8', 'windows-1252', 'utf-16le', 'utf-16be']
const DELIMITERS = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'pipe' } as const
const HEADER_ROWS = 5

interface ReadingBarProps {
  preview: ImportPreview
  reading: ImportReading
  choices: Choices
  onChange: (part: Partial<Choices>) => void
  /** A column is taken for a date. */
  readsDates: boolean
}

/** How the file was taken, how sure that is, and what it could be instead. */
export function ReadingBar({ preview, reading, choices, onChange, readsDates }: ReadingBarProps) {
  const { t } = useTranslation()
  const regions = useMemo(() => regionChoices(), [])
  const { format } = preview.import
  const text = format !== 'xlsx'
  const headers = Math.max(HEADER_ROWS, reading.header_row)
  return (
    <div className="grid grid-cols-2 gap-x-4 gap-y-3 p-4 sm:grid-cols-3 lg:grid-cols-5">
      {text && (
        <Setting
          label={t('import.encoding')}
          sure={reading.encoding_sure}
          chosen={choices.encoding !== ''}
        >
          {(id) => (
            <Select
              id={id}
              value={reading.encoding}
              onChange={(encoding) => onChange({ encoding })}
              options={[...new Set([...ENCODINGS, reading.encoding])].map((value) => ({
                value,
                label: value.toUpperCase(),
              }))}
            />
          )}
        </Setting>
      )}
      {format === 'csv' && (
        <Setting
          label={t('import.delimiter')}
          sure={reading.delimiter_sure}
          chosen={choices.delimiter !== ''}
        >
          {(id) => (
            <Select
              id={id}
              value={reading.delimiter}
              onChange={(delimiter) => onChange({ delimiter })}
              options={[...new Set([...Object.keys(DELIMITERS), reading.delimiter])].map(
                (value) => ({
                  value,
                  label:
                    value in DELIMITERS
                      ? t(`import.delimiters.${DELIMITERS[value as keyof typeof DELIMITERS]}`)
                      : value,
                }),
              )}
            />
          )}
        </Setting>
      )}
      {reading.sheets.length > 1 && (
        <Setting label={t('import.sheet')} chosen={choices.sheet !== ''}>
          {(id) => (
            <Select
              id={id}
              value={reading.sheet}
              onChange={(sheet) => onChange({ sheet, headerRow: null })}
              options={reading.sheets.map((value) => ({ value, label: value }))}
            />
          )}
        </Setting>
      )}
      {(format === 'csv' || format === 'xlsx') && (
        <Setting
          label={t('import.headerRow')}
          sure={reading.header_sure}
          chosen={choices.headerRow !== null}
        >
          {(id) => (
            <Select
              id={id}
              value={String(reading.header_row)}
              onChange={(row) => onChange({ headerRow: Number(row) })}
              options={Array.from({ length: headers + 1 }, (_, row) => ({
                value: String(row),
                label: row === 0 ? t('import.noHeader') : t('import.rowNumber', { n: row }),
              }))}
            />
          )}
        </Setting>
      )}
      <Setting label={t('import.region')} chosen={choices.region !== ''}>
        {(id) => (
          <Combobox
            id={id}
            label={t('import.region')}
            placeholder={t('import.regionNone')}
            value={reading.default_region || null}
            onChange={(region) => onChange({ region: region ?? '' })}
            options={regions}
          />
        )}
      </Setting>
      <Setting
        label={t('import.dates')}
        sure={
          !readsDates ? undefined : reading.date_order ? 1 : reading.dates_unclear ? 0 : undefined
        }
        chosen={choices.dateOrder !== ''}
      >
        {(id) => (
          <Select
            id={id}
            value={reading.date_order || 'as-is'}
            onChange={(order) => onChange({ dateOrder: order === 'as-is' ? '' : order })}
            options={[
              { value: 'as-is', label: t('import.dateOrder.none') },
              { value: 'dmy', label: t('import.dateOrder.dmy') },
              { value: 'mdy', label: t('import.dateOrder.mdy') },
            ]}
          />
        )}
      </Setting>
    </div>
  )
}

interface SettingProps {
  label: string
  /** 0–1; undefined where nothing was guessed. */
  sure?: number
  chosen: boolean
  children: (id: string) => ReactNode
}

function Setting({ label, sure, chosen, children }: SettingProps) {
  const { t } = useTranslation()
  const id = useId()
  return (
    <div className="min-w-0">
      <div className="mb-1 flex h-5 items-center justify-between gap-2">
        <label htmlFor={id} className="truncate text-xs font-medium text-ink-2">
          {label}
        </label>
        {chosen ? (
          <Badge>{t('import.chosen')}</Badge>
        ) : (
          sure !== undefined && <SureBadge value={sure} />
        )}
      </div>
      {children(id)}
    </div>
  )
}
