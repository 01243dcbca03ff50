import { useVirtualizer } from '@tanstack/react-virtual'
import { Search } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { ImportPreview } from '@/api/contract'
import { Segmented } from '@/components/ui/segmented'
import { type Mapping, sharedFields } from '@/features/imports/choices'
import { MAPPING_GRID, MappingRow } from '@/features/imports/components/mapping-row'
import { useMedia } from '@/hooks/use-media'

const ROW = 44
const TALL_ROW = 92
/** From so many columns on it is worth searching them. */
const MANY = 12
const LAZY = 100

type Which = 'all' | 'unmapped' | 'unsure'

interface MappingTableProps {
  preview: ImportPreview
  mapping: Mapping
  onChoose: (header: string, field: string | null) => void
}

/** Each column with sample values, the guess and how sure it is; every guess can be changed. */
export function MappingTable({ preview, mapping, onChoose }: MappingTableProps) {
  const { t } = useTranslation()
  const narrow = useMedia('(max-width: 639px)')
  const [text, setText] = useState('')
  const [which, setWhich] = useState<Which>('all')
  const scroller = useRef<HTMLDivElement>(null)
  const shared = useMemo(() => sharedFields(mapping), [mapping])
  const columns = preview.columns.filter(
    ({ header, field, confidence }) =>
      header.toLowerCase().includes(text.trim().toLowerCase()) &&
      (which === 'all' ||
        (which === 'unmapped'
          ? !mapping[header] || mapping[header].startsWith('custom.')
          : mapping[header] !== null && mapping[header] === field && confidence < 0.85)),
  )
  const view = useVirtualizer({
    count: columns.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (narrow ? TALL_ROW : ROW),
    overscan: 6,
    initialRect: { width: 900, height: 440 },
  })
  const many = preview.columns.length >= MANY
  return (
    <>
      {many && (
        <div className="flex flex-wrap items-center gap-3 border-b border-line px-4 py-2">
          <label className="relative min-w-40 flex-1">
            <span className="sr-only">{t('import.findColumn')}</span>
            <Search
              aria-hidden
              className="absolute start-2.5 top-1/2 size-4 -translate-y-1/2 text-ink-3"
            />
            <input
              type="search"
              value={text}
              onChange={(event) => setText(event.target.value)}
              placeholder={t('import.findColumn')}
              className="control ps-8"
            />
          </label>
          <Segmented
            label={t('import.which')}
            value={which}
            onChange={setWhich}
            options={[
              { value: 'all', label: t('import.whichAll') },
              { value: 'unmapped', label: t('import.whichUnmapped') },
              { value: 'unsure', label: t('import.whichUnsure') },
            ]}
          />
        </div>
      )}
      <div
        aria-hidden
        className={`${MAPPING_GRID} h-8 text-xs font-medium text-ink-3 max-sm:hidden`}
      >
        <span>{t('import.column')}</span>
        <span>{t('import.samples')}</span>
        <span>{t('import.field')}</span>
        <span>{t('import.confidence')}</span>
      </div>
      <div ref={scroller} className="max-h-[440px] overflow-y-auto">
        {columns.length === 0 && (
          <p className="border-t border-line px-4 py-6 text-sm text-ink-2">
            {t('import.noColumn')}
          </p>
        )}
        <div role="list" className="relative" style={{ height: view.getTotalSize() }}>
          {view.getVirtualItems().map(({ index, start, size }) => {
            const column = columns[index]
            if (!column) return null
            const field = mapping[column.header] ?? null
            const rivals = field ? shared.get(field) : undefined
            return (
              <div
                key={column.header}
                role="listitem"
                className="absolute inset-x-0"
                style={{ top: start, height: size }}
              >
                <MappingRow
                  column={column}
                  fields={preview.fields}
                  field={field}
                  rival={rivals?.find((header) => header !== column.header)}
                  lazy={preview.columns.length > LAZY}
                  onChoose={onChoose}
                />
              </div>
            )
          })}
        </div>
      </div>
    </>
  )
}
