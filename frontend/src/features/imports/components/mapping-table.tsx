import { useTranslation } from 'react-i18next'

import type { ImportPreview } from '@/api/contract'
import { Badge, type Tone } from '@/components/ui/badge'
import type { Mapping } from '@/features/imports/queries'

interface MappingTableProps {
  preview: ImportPreview
  mapping: Mapping
  onChange: (mapping: Mapping) => void
}

/** Each column with sample values, the guess and how sure it is; every guess can be changed. */
export function MappingTable({ preview, mapping, onChange }: MappingTableProps) {
  const { t } = useTranslation()
  return (
    <div className="overflow-x-auto">
      <table className="w-full min-w-[560px] text-sm">
        <thead>
          <tr className="text-left text-xs text-ink-3">
            <th scope="col" className="h-8 w-1/4 px-4 font-medium">
              {t('import.column')}
            </th>
            <th scope="col" className="px-2 font-medium">
              {t('import.samples')}
            </th>
            <th scope="col" className="w-52 px-2 font-medium">
              {t('import.field')}
            </th>
            <th scope="col" className="w-28 px-4 font-medium">
              {t('import.confidence')}
            </th>
          </tr>
        </thead>
        <tbody>
          {preview.columns.map((column) => {
            const field = mapping[column.header] ?? null
            const own = field !== column.field
            return (
              <tr key={column.header} className="border-t border-line">
                <th scope="row" className="max-w-40 truncate px-4 py-1.5 text-left font-medium">
                  {column.header}
                </th>
                <td className="max-w-0 truncate px-2 text-ink-2">
                  {column.samples?.filter(Boolean).slice(0, 3).join(' · ') || '–'}
                </td>
                <td className="px-2 py-1">
                  <select
                    aria-label={`${t('import.field')}: ${column.header}`}
                    value={field ?? ''}
                    onChange={(event) =>
                      onChange({ ...mapping, [column.header]: event.target.value || null })
                    }
                    className="control"
                  >
                    <option value="">{t('import.skip')}</option>
                    {preview.fields.map((each) => (
                      <option key={each.name} value={each.name}>
                        {each.label}
                      </option>
                    ))}
                  </select>
                </td>
                <td className="px-4" title={own ? undefined : column.reason}>
                  {own ? (
                    <Badge>{t('import.chosen')}</Badge>
                  ) : (
                    field && <Confidence field={field} value={column.confidence} />
                  )}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

function Confidence({ field, value }: { field: string; value: number }) {
  const { t } = useTranslation()
  // A column without a lead field is kept under its own name; nothing was guessed.
  if (field.startsWith('custom.')) return <Badge>{t('import.own')}</Badge>
  const [tone, word]: [Tone, 'sure' | 'likely' | 'unsure'] =
    value >= 0.85 ? ['good', 'sure'] : value >= 0.65 ? ['accent', 'likely'] : ['warn', 'unsure']
  return <Badge tone={tone}>{t(`import.${word}`)}</Badge>
}
