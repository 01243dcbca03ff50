import { Download, Pause, Play, Undo2 } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Import } from '@/api/contract'
import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { Button } from '@/components/ui/button'
import { fileHref, usePauseImport } from '@/features/imports/queries'
import { useCan } from '@/hooks/use-can'
import { useOnce } from '@/hooks/use-once'

const UndoImportDialog = lazy(async () => ({
  default: (await import('@/features/imports/components/undo-import-dialog')).UndoImportDialog,
}))

const CAN_UNDO = new Set(['finished', 'failed', 'paused'])

/** What can be done with an import as it stands: pause, go on, undo, get the file. */
export function ImportActs({ item }: { item: Import }) {
  const { t } = useTranslation()
  const can = useCan()
  const pause = usePauseImport(item.id)
  const once = useOnce()
  const [undoing, setUndoing] = useState(false)
  const runs = item.status === 'queued' || item.status === 'running'
  const paused = item.status === 'paused'
  const turn = once(() => pause.mutateAsync(runs).catch(() => null))
  const undoable = CAN_UNDO.has(item.status) && item.created + item.updated > 0
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        {(runs || paused) && can('imports.pause') && (
          <Button icon={runs ? <Pause /> : <Play />} busy={pause.isPending} onClick={() => turn()}>
            {t(runs ? 'import.pause' : 'import.resume')}
          </Button>
        )}
        {undoable && can('imports.undo') && (
          <Button icon={<Undo2 />} onClick={() => setUndoing(true)}>
            {t('import.undo')}
          </Button>
        )}
        {item.file_kept && (
          <a
            href={fileHref(item.id)}
            download
            className="inline-flex h-8 items-center gap-1.5 rounded-md px-2 text-sm font-medium text-accent-text hover:underline pointer-coarse:h-11"
          >
            <Download aria-hidden className="size-4" />
            {t('import.file')}
          </a>
        )}
      </div>
      {pause.error && <ErrorState problem={toProblem(pause.error)} className="basis-full" />}
      {undoing && (
        <Suspense>
          <UndoImportDialog id={item.id} onClose={() => setUndoing(false)} />
        </Suspense>
      )}
    </>
  )
}
