import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { MergeRecord } from '@/api/contract'
import { Button } from '@/components/ui/button'
import { lateLayer } from '@/components/ui/late'
import type { Say } from '@/features/duplicates/field-words'
import { automaticQuery, policyQuery } from '@/features/duplicates/policy-queries'
import { useCan } from '@/hooks/use-can'
import { formatNumber, formatTotal } from '@/utils/format'

const PolicyDialog = lateLayer(
  async () => (await import('@/features/duplicates/components/policy-dialog')).PolicyDialog,
)
const UndoMergeDialog = lateLayer(
  async () => (await import('@/features/duplicates/components/undo-merge-dialog')).UndoMergeDialog,
)

interface PolicyLineProps {
  say: Say
  nameOf: (userId: string | null) => string
}

/** Says whether anything is merged without a person's word, with the way to decide that and to see what was. */
export function PolicyLine({ say, nameOf }: PolicyLineProps) {
  const { t } = useTranslation()
  const can = useCan()
  const policy = useQuery({ ...policyQuery, enabled: can('duplicates.policy') })
  const made = useInfiniteQuery({ ...automaticQuery, enabled: can('merges.list') })
  const [open, setOpen] = useState(false)
  const [undoing, setUndoing] = useState<MergeRecord | null>(null)
  if (!policy.data) return null
  const on = policy.data.merge_sure
  const first = made.data?.pages[0]
  const percent = wholePercent(policy.data.threshold)
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-1.5 text-sm text-ink-2 sm:px-6">
      <p className="num min-w-0 flex-1 basis-60">
        {on ? t('duplicate.policy.on', { percent }) : t('duplicate.policy.off')}
        {!!first?.total && (
          <>
            {' '}
            {t('duplicate.policy.made', {
              count: first.total,
              n: formatTotal(first.total, first.total_capped),
            })}
          </>
        )}
      </p>
      {(can('duplicates.decide') || !!first?.total) && (
        <Button size="sm" onClick={() => setOpen(true)}>
          {can('duplicates.decide') ? t('duplicate.policy.change') : t('duplicate.policy.see')}
        </Button>
      )}
      <PolicyDialog
        open={open}
        nameOf={nameOf}
        onUndo={setUndoing}
        onClose={() => setOpen(false)}
      />
      <UndoMergeDialog
        open={undoing !== null}
        merge={undoing}
        say={say}
        onClose={() => setUndoing(null)}
      />
    </div>
  )
}

/** A threshold in words: 99 %. */
export function wholePercent(share: number): string {
  return `${formatNumber(Math.round(share * 100))} %`
}
