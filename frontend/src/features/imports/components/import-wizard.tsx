import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'

import type { Import, ImportPreview } from '@/api/contract'
import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { Panel } from '@/components/layout/panel'
import { Button } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/skeleton'
import { DecodedRows } from '@/features/imports/components/decoded-rows'
import { DropZone } from '@/features/imports/components/drop-zone'
import { MappingTable } from '@/features/imports/components/mapping-table'
import { Outcome } from '@/features/imports/components/outcome'
import { Steps } from '@/features/imports/components/steps'
import { type Mapping, useDryRun, usePreviewImport, useRunImport } from '@/features/imports/queries'
import { formatBytes, formatNumber, formatPercent } from '@/utils/format'

/** File, columns, check, go: nothing is stored before the last step. */
export function ImportWizard() {
  const preview = usePreviewImport()
  const [uploaded, setUploaded] = useState(0)
  const read = (file: File) => {
    setUploaded(0)
    preview.mutate({ file, onProgress: setUploaded })
  }
  return (
    <div className="flex flex-col gap-4">
      {!preview.data && <Steps at={0} />}
      {preview.error && <ErrorState problem={toProblem(preview.error)} />}
      {preview.isPending ? (
        <Reading name={preview.variables.file.name} part={uploaded} />
      ) : preview.data ? (
        <Mapped key={preview.data.import.id} preview={preview.data} onAnother={preview.reset} />
      ) : (
        <DropZone onFile={read} />
      )}
    </div>
  )
}

function Reading({ name, part }: { name: string; part: number }) {
  const { t } = useTranslation()
  return (
    <div role="status" className="flex flex-col gap-3">
      <p className="text-sm text-ink-2">
        {t('import.reading', { name })} {part > 0 && part < 1 && formatPercent(part, 1)}
      </p>
      <Skeleton className="h-72 w-full" />
    </div>
  )
}

interface MappedProps {
  preview: ImportPreview
  onAnother: () => void
}

function Mapped({ preview, onAnother }: MappedProps) {
  const { t } = useTranslation()
  const [mapping, setMapping] = useState<Mapping>(() => suggested(preview))
  // Only what was changed is sent: an untouched file of a kind that holds no
  // leads is then still named as such.
  const changed = changes(mapping, suggested(preview))
  const refused = preview.import.error !== null && Object.keys(changed).length === 0
  const check = useDryRun(preview.import.id)
  const { filename, format, encoding, size, rows_total } = preview.import
  const twice = repeated(mapping)

  return (
    <>
      <Steps at={check.data ? 2 : 1} />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <p className="min-w-0 truncate text-base font-semibold">{filename}</p>
        <p className="num text-sm text-ink-2">
          {[
            t('import.rows', { count: rows_total, n: formatNumber(rows_total) }),
            format.toUpperCase(),
            encoding,
            formatBytes(size),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
        <Button size="sm" className="ml-auto" onClick={onAnother}>
          {t('import.another')}
        </Button>
      </div>
      {check.data ? (
        <Checked item={check.data} mapping={changed} onBack={check.reset} />
      ) : (
        <>
          {preview.import.error && <ErrorState problem={{ message: preview.import.error }} />}
          <Panel title={t('import.mapping')} note={t('import.mappingNote')} flush>
            <MappingTable preview={preview} mapping={mapping} onChange={setMapping} />
          </Panel>
          {twice.length > 0 && (
            <p className="text-sm text-warn">
              {t('import.twice', { field: twice.map((f) => labelOf(preview, f)).join(', ') })}
            </p>
          )}
          {check.error && <ErrorState problem={toProblem(check.error)} />}
          <div className="flex items-center justify-end gap-3">
            {check.isPending && <span role="status">{t('import.checking')}</span>}
            <Button
              variant="primary"
              disabled={refused}
              busy={check.isPending}
              onClick={() => check.mutate(changed)}
            >
              {t('import.check')}
            </Button>
          </div>
          <Panel title={t('import.decoded')} flush>
            <DecodedRows preview={preview} label={t('import.decoded')} />
          </Panel>
        </>
      )}
    </>
  )
}

interface CheckedProps {
  item: Import
  mapping: Mapping
  onBack: () => void
}

function Checked({ item, mapping, onBack }: CheckedProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const run = useRunImport(item.id)
  const effect = item.created + item.updated
  return (
    <Panel title={t('import.outcome')}>
      <Outcome item={item} />
      {effect === 0 && (
        <p className="mt-3 text-sm">
          <span className="font-medium">{t('import.nothing')}.</span> {t('import.nothingBody')}
        </p>
      )}
      {run.error && <ErrorState problem={toProblem(run.error)} className="mt-3" />}
      <div className="mt-4 flex justify-end gap-2">
        <Button onClick={onBack}>{t('common.back')}</Button>
        <Button
          variant="primary"
          busy={run.isPending}
          disabled={effect === 0}
          onClick={() =>
            run.mutate(mapping, { onSuccess: (started) => void navigate(`/imports/${started.id}`) })
          }
        >
          {t('import.go', { count: effect, n: formatNumber(effect) })}
        </Button>
      </div>
    </Panel>
  )
}

function suggested(preview: ImportPreview): Mapping {
  return Object.fromEntries(preview.columns.map((column) => [column.header, column.field]))
}

function changes(mapping: Mapping, from: Mapping): Mapping {
  return Object.fromEntries(
    Object.entries(mapping).filter(([header, field]) => field !== from[header]),
  )
}

/** Fields that more than one column fills. */
function repeated(mapping: Mapping): string[] {
  const fields = Object.values(mapping).filter((field) => field !== null)
  return [...new Set(fields.filter((field, i) => fields.indexOf(field) !== i))]
}

function labelOf(preview: ImportPreview, field: string): string {
  return preview.fields.find((each) => each.name === field)?.label ?? field
}
