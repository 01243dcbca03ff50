import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'

import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { Button } from '@/components/ui/button'
import { Progress } from '@/components/ui/progress'
import { Skeleton } from '@/components/ui/skeleton'
import { ColumnsStep } from '@/features/imports/components/columns-step'
import { DropZone } from '@/features/imports/components/drop-zone'
import { PasteEditor } from '@/features/imports/components/paste-editor'
import { Steps } from '@/features/imports/components/steps'
import { rejectsTextQuery } from '@/features/imports/queries'
import { useFileDrop } from '@/features/imports/use-file-drop'
import { useUpload } from '@/features/imports/use-upload'
import { formatPercent } from '@/utils/format'

/**
 * File, columns, check, go: nothing is stored before the last step. Where one
 * stands is in the address, so Back goes one step back and keeps every choice.
 */
export function ImportWizard({ samples }: { samples?: ReactNode }) {
  const [params] = useSearchParams()
  const id = params.get('import')
  if (id) return <ColumnsStep key={id} id={id} checking={params.get('step') === 'check'} />
  return <FileStep samples={samples} />
}

function FileStep({ samples }: { samples?: ReactNode }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [params] = useSearchParams()
  const mend = params.get('mend')
  const upload = useUpload()
  const over = useFileDrop(upload.send, upload.sendText)
  return (
    <div className="flex flex-col gap-4">
      <Steps at={0} />
      {upload.problem && <ErrorState problem={upload.problem} onRetry={upload.again} />}
      {upload.reading ? (
        <Reading name={upload.file?.name ?? ''} part={upload.part} onStop={upload.stop} />
      ) : mend ? (
        <Mend id={mend} onText={upload.sendText} />
      ) : params.has('paste') ? (
        <PasteEditor
          first=""
          title={t('import.pasteTitle')}
          note={t('import.pasteNote')}
          onBack={() => void navigate(-1)}
          onText={upload.sendText}
        />
      ) : (
        <DropZone
          over={over}
          onFile={upload.send}
          onPaste={() => void navigate('/imports/new?paste')}
          samples={samples}
        />
      )}
    </div>
  )
}

/** The rows that an import rejected, to be mended here and brought again. */
function Mend({ id, onText }: { id: string; onText: (text: string) => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const rejects = useQuery(rejectsTextQuery(id))
  if (rejects.error) {
    return <ErrorState problem={toProblem(rejects.error)} onRetry={() => void rejects.refetch()} />
  }
  if (rejects.data === undefined) return <Skeleton className="h-72 w-full" />
  return (
    <PasteEditor
      first={rejects.data}
      title={t('import.mendTitle')}
      note={t('import.mendNote')}
      onBack={() => void navigate(-1)}
      onText={onText}
    />
  )
}

function Reading({ name, part, onStop }: { name: string; part: number; onStop: () => void }) {
  const { t } = useTranslation()
  const sending = part > 0 && part < 1
  return (
    <div className="flex flex-col gap-3">
      <div className="flex items-center gap-3">
        <p role="status" dir="auto" className="min-w-0 flex-1 truncate text-sm text-ink-2">
          {t('import.reading', { name })} {sending && formatPercent(part, 1)}
        </p>
        <Button size="sm" onClick={onStop}>
          {t('import.stop')}
        </Button>
      </div>
      <Progress value={sending ? part * 100 : null} label={t('import.reading', { name })} />
      <Skeleton className="h-72 w-full" />
    </div>
  )
}
