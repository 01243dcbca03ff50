import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { ImportUndoPlan } from '@/api/contract'
import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { Dialog } from '@/components/ui/dialog'
import { Progress } from '@/components/ui/progress'
import { UndoRows } from '@/features/imports/components/undo-rows'
import { undoPlanQuery, useUndoImport } from '@/features/imports/queries'
import { useOnce } from '@/hooks/use-once'
import { formatNumber } from '@/utils/format'

interface UndoImportDialogProps {
  id: string
  onClose: () => void
}

/** Says row by row what undoing an import would do, before it is done. */
export function UndoImportDialog({ id, onClose }: UndoImportDialogProps) {
  const { t } = useTranslation()
  const [all, setAll] = useState(false)
  const plan = useInfiniteQuery(undoPlanQuery(id, all))
  const undo = useUndoImport(id)
  const once = useOnce()
  const first = plan.data?.pages[0]
  const effect = first ? first.removed + first.put_back : 0
  const go = once(async () => {
    const started = await undo.mutateAsync(all).catch(() => null)
    if (started) onClose()
  })
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      closeLabel={t('common.close')}
      title={t('import.undoTitle')}
      description={t('import.undoNote')}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button
            variant="danger"
            busy={undo.isPending}
            disabled={effect === 0}
            onClick={() => go()}
          >
            {t('import.undoGo')}
          </Button>
        </>
      }
    >
      <Checkbox
        showLabel
        className="mb-4"
        label={t('import.undoAll')}
        checked={all}
        onCheckedChange={setAll}
      />
      {plan.error && (
        <ErrorState problem={toProblem(plan.error)} onRetry={() => void plan.refetch()} />
      )}
      {plan.isPending && (
        <>
          <p role="status" className="mb-2 text-sm text-ink-2">
            {t('import.undoCounting')}
          </p>
          <Progress value={null} label={t('import.undoCounting')} />
        </>
      )}
      {first && <Counts plan={first} />}
      {first && (
        <UndoRows
          rows={plan.data?.pages.flatMap((page) => page.items) ?? []}
          more={plan.hasNextPage}
          busy={plan.isFetchingNextPage}
          onMore={() => void plan.fetchNextPage()}
        />
      )}
      {undo.error && <ErrorState problem={toProblem(undo.error)} className="mt-3" />}
    </Dialog>
  )
}

function Counts({ plan }: { plan: ImportUndoPlan }) {
  const { t } = useTranslation()
  const words = [
    plan.removed > 0 &&
      t('import.undoRemoved', { count: plan.removed, n: formatNumber(plan.removed) }),
    plan.put_back > 0 &&
      t('import.undoPutBack', { count: plan.put_back, n: formatNumber(plan.put_back) }),
    plan.kept > 0 && t('import.undoKept', { count: plan.kept, n: formatNumber(plan.kept) }),
  ].filter(Boolean)
  return (
    <div role="status" className="text-sm">
      <ul className="num flex flex-col gap-0.5">
        {words.map((word) => (
          <li key={String(word)}>{word}</li>
        ))}
      </ul>
      {plan.removed + plan.put_back === 0 && (
        <p className="mt-1 text-ink-2">{t('import.undoNothing')}</p>
      )}
      {!plan.complete && <p className="mt-1 text-ink-2">{t('import.undoIncomplete')}</p>}
    </div>
  )
}
