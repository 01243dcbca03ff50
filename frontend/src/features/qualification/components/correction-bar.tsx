import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Analysis, Score } from '@/api/contract'
import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { toast } from '@/components/feedback/toast'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Time } from '@/components/ui/time'
import { useCorrection } from '@/features/qualification/queries'
import { useCan } from '@/hooks/use-can'
import { useOnce } from '@/hooks/use-once'

interface CorrectionBarProps {
  leadId: string
  analysis: Analysis
  off: ReadonlySet<string>
  saved: ReadonlySet<string>
  score: Score
  onOff: (off: ReadonlySet<string>) => void
  nameOf: (userId: string | null) => string
}

/** What marking claims as wrong leads to, and the way to keep it. */
export function CorrectionBar(props: CorrectionBarProps) {
  const { leadId, analysis, off, saved, score, onOff, nameOf } = props
  const { t } = useTranslation()
  const can = useCan()
  const once = useOnce()
  const noteId = useId()
  const correct = useCorrection(leadId, analysis.id)
  const [note, setNote] = useState<string | null>(null)
  const kept = analysis.correction
  const changed = off.size !== saved.size || [...off].some((key) => !saved.has(key))
  if (!changed && !kept) return null

  const back = async () => {
    const again = kept && { off: kept.off, note: kept.note }
    await correct.mutateAsync(null).then(
      () => {
        onOff(new Set())
        toast({
          title: t('score.correctionGone'),
          undo: again
            ? () => {
                onOff(new Set(again.off))
                correct.mutate(again)
              }
            : undefined,
        })
      },
      () => undefined, // Shown in place.
    )
  }
  const save = async () => {
    if (off.size === 0) return back()
    await correct.mutateAsync({ off: [...off], note: (note ?? kept?.note ?? '').trim() }).then(
      () => {
        setNote(null)
        toast({
          title: t('score.correctionSaved', { grade: score.grade }),
          undo: () => void back(),
        })
      },
      () => undefined, // Shown in place.
    )
  }

  return (
    <div className="mt-3 flex flex-col gap-2">
      {correct.error && <ErrorState problem={toProblem(correct.error)} />}
      {!changed && kept ? (
        <Callout
          title={t('score.corrected', { count: kept.off.length, name: nameOf(kept.by) })}
          action={
            can('analyses.uncorrect') && (
              <Button size="sm" busy={correct.isPending} onClick={once(back)}>
                {t('score.takeBack')}
              </Button>
            )
          }
        >
          <Time iso={kept.at} />
          {kept.note && (
            <q dir="auto" className="block break-words">
              {kept.note}
            </q>
          )}
        </Callout>
      ) : (
        <div className="rounded-md border border-line bg-sunken p-3 text-sm">
          <p>{off.size === 0 ? t('score.offNone') : t('score.off', { count: off.size })}</p>
          {can('analyses.correct') && (
            <>
              <label htmlFor={noteId} className="mt-2 block text-xs font-medium text-ink-2">
                {t('score.note')}
              </label>
              <input
                id={noteId}
                dir="auto"
                maxLength={1000}
                value={note ?? kept?.note ?? ''}
                placeholder={t('score.notePlaceholder')}
                onChange={(event) => setNote(event.target.value)}
                onKeyDown={(event) => {
                  if (event.key === 'Enter' && !event.nativeEvent.isComposing) once(save)()
                }}
                className="control mt-1"
              />
            </>
          )}
          <div className="mt-2 flex flex-wrap justify-end gap-2">
            <Button size="sm" onClick={() => onOff(saved)}>
              {t('score.reset')}
            </Button>
            {can('analyses.correct') && (
              <Button size="sm" variant="primary" busy={correct.isPending} onClick={once(save)}>
                {t('score.saveCorrection')}
              </Button>
            )}
          </div>
        </div>
      )}
    </div>
  )
}
