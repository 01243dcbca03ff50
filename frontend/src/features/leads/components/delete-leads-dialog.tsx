import { useTranslation } from 'react-i18next'

import { BulkDialog, type BulkDialogProps } from '@/features/leads/components/bulk-dialog'
import type { BulkChange } from '@/features/leads/use-bulk'

const DELETE: BulkChange = { action: 'delete' }

/** Asks with the number of rows before leads are deleted. */
export function DeleteLeadsDialog(props: BulkDialogProps) {
  const { t } = useTranslation()
  return (
    <BulkDialog
      {...props}
      danger
      title={t('bulk.deleteTitle')}
      description={t('lead.deleteBody')}
      change={DELETE}
      verb={(count, n) => t('lead.deleteVerb', { count, n })}
    />
  )
}
