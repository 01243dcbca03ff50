import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Navigate, useNavigate } from 'react-router'

import type { ImportPreview } from '@/api/contract'
import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { Panel } from '@/components/layout/panel'
import { Button, ButtonLink } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Skeleton } from '@/components/ui/skeleton'
import {
  type Choices,
  mappingOf,
  sentMapping,
  sharedFields,
  useChoices,
} from '@/features/imports/choices'
import { AsLast } from '@/features/imports/components/as-last'
import { CheckStep } from '@/features/imports/components/check-step'
import { DecodedRows } from '@/features/imports/components/decoded-rows'
import { ImportRules } from '@/features/imports/components/import-rules'
import { MappingTable } from '@/features/imports/components/mapping-table'
import { ReadingBar } from '@/features/imports/components/reading-bar'
import { Steps } from '@/features/imports/components/steps'
import { importQuery, readingQuery } from '@/features/imports/queries'
import { formatBytes, formatNumber } from '@/utils/format'

const DATE_FIELDS = new Set(['posted_at', 'created'])

/** The file as it was read, and which column is what; then what would happen. */
export function ColumnsStep({ id, checking }: { id: string; checking: boolean }) {
  const { t } = useTranslation()
  const { choices, change, choose } = useChoices(id)
  const reading = useQuery(readingQuery(id, choices))
  const item = useQuery(importQuery(id)).data
  // Somebody came back to the steps of an import that has begun since.
  const begun = item && item.status !== 'previewed' && !item.error
  if (begun || (reading.error && toProblem(reading.error).code === 'import_started')) {
    return <Navigate to={`/imports/${id}`} replace />
  }
  if (!reading.data) {
    return (
      <div className="flex flex-col gap-4">
        <Steps at={1} />
        {reading.error ? (
          <>
            <ErrorState problem={toProblem(reading.error)} onRetry={() => void reading.refetch()} />
            <ButtonLink to="/imports/new" className="self-start">
              {t('import.another')}
            </ButtonLink>
          </>
        ) : (
          <Skeleton className="h-72 w-full" />
        )}
      </div>
    )
  }
  const preview = reading.data
  return (
    <div className="flex flex-col gap-4">
      <Steps at={checking ? 2 : 1} />
      <FileLine preview={preview} />
      {reading.error && (
        <ErrorState problem={toProblem(reading.error)} onRetry={() => void reading.refetch()} />
      )}
      {checking ? (
        <CheckStep id={id} choices={choices} mapping={sentMapping(preview, choices.mapping)} />
      ) : (
        <Columns
          preview={preview}
          stale={reading.isPlaceholderData}
          choices={choices}
          onChange={change}
          onChoose={choose}
        />
      )}
    </div>
  )
}

function FileLine({ preview }: { preview: ImportPreview }) {
  const { t } = useTranslation()
  const { filename, format, size, rows_total: rows, tool } = preview.import
  const facts = [
    t('import.rows', { count: rows, n: formatNumber(rows) }),
    t('import.columns', {
      count: preview.columns.length,
      n: formatNumber(preview.columns.length),
    }),
    format.toUpperCase(),
    formatBytes(size),
    tool && t('import.tool', { tool }),
  ]
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <p
        dir="auto"
        title={filename}
        className="max-w-full min-w-0 truncate text-base font-semibold"
      >
        {filename}
      </p>
      <p className="num text-sm text-ink-2">{facts.filter(Boolean).join(' · ')}</p>
      <ButtonLink to="/imports/new" size="sm" className="ms-auto">
        {t('import.another')}
      </ButtonLink>
    </div>
  )
}

interface ColumnsProps {
  preview: ImportPreview
  stale: boolean
  choices: Choices
  onChange: (part: Partial<Choices>) => void
  onChoose: (header: string, field: string | null) => void
}

function Columns({ preview, stale, choices, onChange, onChoose }: ColumnsProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const mapping = mappingOf(preview, choices.mapping)
  const changed = sentMapping(preview, choices.mapping)
  const shared = sharedFields(mapping)
  const readsDates = Object.values(mapping).some((field) => field && DATE_FIELDS.has(field))
  // An untouched file of a kind that holds no leads stays refused.
  const refused = preview.import.error !== null && Object.keys(changed).length === 0
  const label = (field: string) =>
    preview.fields.find((each) => each.name === field)?.label ?? field
  return (
    <>
      <Panel title={t('import.decoded')} note={t('import.decodedNote')} flush>
        {preview.reading && (
          <ReadingBar
            preview={preview}
            reading={preview.reading}
            choices={choices}
            onChange={onChange}
            readsDates={readsDates}
          />
        )}
        <div className="border-t border-line">
          <DecodedRows preview={preview} label={t('import.decoded')} stale={stale} />
        </div>
      </Panel>
      {preview.reading?.dates_unclear && !preview.reading.date_order && readsDates && (
        <Callout tone="warn" title={t('import.datesUnclear')}>
          {t('import.datesUnclearNote')}
        </Callout>
      )}
      {preview.import.error && <ErrorState problem={{ message: preview.import.error }} />}
      <Panel title={t('import.mapping')} note={t('import.mappingNote')} flush>
        <AsLast
          last={preview.as_last}
          fresh={choices.fresh}
          onFresh={(fresh) => onChange({ fresh, mapping: {} })}
        />
        <MappingTable preview={preview} mapping={mapping} onChoose={onChoose} />
      </Panel>
      {[...shared]
        .filter(([field]) => !field.startsWith('custom.'))
        .slice(0, 3)
        .map(([field, headers]) => (
          <p key={field} className="text-sm text-warn">
            {t('import.twice', { field: label(field), columns: headers.join(', ') })}
          </p>
        ))}
      <ImportRules rules={choices.rules} onChange={(rules) => onChange({ rules })} />
      <div className="flex justify-end">
        <Button
          variant="primary"
          disabled={refused || stale}
          onClick={() => void navigate(`/imports/new?import=${preview.import.id}&step=check`)}
        >
          {t('import.check')}
        </Button>
      </div>
    </>
  )
}
