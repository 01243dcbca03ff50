import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { MergeRule } from '@/api/contract'
import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import { RULES } from '@/features/duplicates/compare'
import { BulkSample } from '@/features/duplicates/components/bulk-sample'
import { percentWords } from '@/features/duplicates/components/score-words'
import { bulkPreviewQuery } from '@/features/duplicates/queries'
import { LEAST } from '@/features/duplicates/queue-state'
import { useBulkMerge } from '@/features/duplicates/use-bulk-merge'
import { useOnce } from '@/hooks/use-once'
import { formatNumber } from '@/utils/format'

interface BulkMergeDialogProps {
  open: boolean
  onClose: () => void
}

/** Merging all pairs above a confidence: how many that is, and a few of them, before anything is done. */
export function BulkMergeDialog({ open, onClose }: BulkMergeDialogProps) {
  return open && <Form onClose={onClose} />
}

function Form({ onClose }: { onClose: () => void }) {
  const { t, i18n } = useTranslation()
  const once = useOnce()
  const merge = useBulkMerge()
  const [min, setMin] = useState(0.99)
  const [rule, setRule] = useState<MergeRule>('survivor')
  const body = { verdict: 'merge' as const, min_score: min, rule }
  const preview = useQuery(bulkPreviewQuery(body))
  const fresh = preview.data && !preview.isPlaceholderData ? preview.data : null
  const send = once(async () => {
    const done = await merge.mutateAsync(body).catch(() => null)
    if (done) onClose() // A fault is shown below.
  })
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('duplicate.bulk.title')}
      description={t('duplicate.bulk.note')}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button variant="primary" busy={merge.isPending} disabled={!fresh?.count} onClick={send}>
            {t('duplicate.bulk.verb', {
              count: fresh?.count ?? 0,
              n: formatNumber(fresh?.count ?? 0),
            })}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <div className="grid gap-3 sm:grid-cols-2">
          <Field label={t('duplicate.least')}>
            {(control) => (
              <Select
                {...control}
                value={String(min)}
                onChange={(value) => setMin(Number(value))}
                options={LEAST.filter((each) => each >= 0.8).map((each) => ({
                  value: String(each),
                  label: t('duplicate.atLeast', { percent: percentWords(i18n.language, each) }),
                }))}
              />
            )}
          </Field>
          <Field label={t('duplicate.rule.label')}>
            {(control) => (
              <Select
                {...control}
                value={rule}
                onChange={setRule}
                options={RULES.map((value) => ({ value, label: t(`duplicate.rule.${value}`) }))}
              />
            )}
          </Field>
        </div>
        {preview.error ? (
          <ErrorState problem={toProblem(preview.error)} onRetry={() => preview.refetch()} />
        ) : (
          <BulkSample min={min} preview={fresh} />
        )}
        {merge.error && <ErrorState problem={toProblem(merge.error)} />}
      </div>
    </Dialog>
  )
}
