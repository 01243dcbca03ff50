import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { MergeRecord } from '@/api/contract'
import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { SkeletonLines } from '@/components/ui/skeleton'
import { recordedNames } from '@/features/duplicates/components/merge-history'
import { UndoPlan } from '@/features/duplicates/components/undo-plan'
import type { Say } from '@/features/duplicates/field-words'
import { undoPlanQuery } from '@/features/duplicates/queries'
import { answersOf } from '@/features/duplicates/undo-answers'
import { useUndoMerge } from '@/features/duplicates/use-merge'
import { useOnce } from '@/hooks/use-once'

interface UndoMergeDialogProps {
  open: boolean
  merge: MergeRecord | null
  say: Say
  onClose: () => void
}

/** Undoing a merge: what goes back where, and the questions that only a person can answer. */
export function UndoMergeDialog({ open, merge, say, onClose }: UndoMergeDialogProps) {
  return open && merge && <Form merge={merge} say={say} onClose={onClose} />
}

function Form({ merge, say, onClose }: { merge: MergeRecord; say: Say; onClose: () => void }) {
  const { t, i18n } = useTranslation()
  const once = useOnce()
  const undo = useUndoMerge()
  const plan = useQuery(undoPlanQuery(merge.id))
  const [chosen, setChosen] = useState<Record<string, string>>({})
  const names = recordedNames(merge, t('lead.unnamed'))
  const list = new Intl.ListFormat(i18n.language, { type: 'conjunction' })
  const back = merge.leads.slice(1).map((lead) => names[lead.lead_id]!)
  const answers = answersOf(plan.data?.changes ?? [], chosen)
  const open = Object.values(answers).filter((answer) => answer === null).length
  const send = once(async () => {
    const given = Object.fromEntries(
      Object.entries(answers).flatMap(([field, answer]) => (answer ? [[field, answer]] : [])),
    )
    const done = await undo.mutateAsync({ id: merge.id, answers: given }).catch(() => null)
    if (done) return onClose()
    // Something may have changed since the plan was made: it is made anew, the fault stands below.
    await plan.refetch()
  })
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t('duplicate.undoTitle')}
      description={t('duplicate.undoNote', { names: list.format(back), count: back.length })}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button
            variant="primary"
            busy={undo.isPending}
            disabled={!plan.data || open > 0}
            onClick={send}
          >
            {t('duplicate.undoMerge')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {plan.error && !plan.data ? (
          <ErrorState problem={toProblem(plan.error)} onRetry={() => plan.refetch()} />
        ) : plan.data ? (
          <UndoPlan
            plan={plan.data}
            names={names}
            say={say}
            answers={answers}
            onAnswer={(field, answer) => setChosen({ ...chosen, [field]: answer })}
          />
        ) : (
          <SkeletonLines lines={5} />
        )}
        {undo.error && <ErrorState problem={toProblem(undo.error)} />}
      </div>
    </Dialog>
  )
}
