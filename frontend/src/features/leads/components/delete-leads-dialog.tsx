import { useTranslation } from 'react-i18next'

import type { LeadSelection } from '@/api/contract'
import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { toast } from '@/components/feedback/toast'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { useBulkLeads } from '@/features/leads/queries'
import { useOnce } from '@/hooks/use-once'
import { formatNumber } from '@/utils/format'

interface DeleteLeadsDialogProps {
  open: boolean
  onClose: () => void
  onDone: () => void
  count: number
  selection: LeadSelection
}

/** Asks with the number of rows before leads are deleted. */
export function DeleteLeadsDialog(props: DeleteLeadsDialogProps) {
  const { open, onClose, onDone, count, selection } = props
  const { t } = useTranslation()
  const bulk = useBulkLeads()
  const once = useOnce()
  const remove = once(async () => {
    const done = await bulk.mutateAsync({ ...selection, action: 'delete' }).catch(() => null)
    if (!done) return // Shown below.
    toast({
      title: t('lead.deleted', { count: done.count, n: formatNumber(done.count) }),
      undo: () => bulk.mutateAsync({ ids: done.ids, action: 'restore' }),
    })
    onDone()
    onClose()
  })
  return (
    <Dialog
      open={open}
      onClose={onClose}
      closeLabel={t('common.close')}
      title={t('lead.deleteTitle', { count, n: formatNumber(count) })}
      description={t('lead.deleteBody')}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button variant="danger" busy={bulk.isPending} onClick={() => remove()}>
            {t('lead.deleteVerb', { count, n: formatNumber(count) })}
          </Button>
        </>
      }
    >
      {bulk.error && <ErrorState problem={toProblem(bulk.error)} />}
    </Dialog>
  )
}
