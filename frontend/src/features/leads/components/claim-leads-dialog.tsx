import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

import type { User } from '@/api/contract'
import { BulkDialog, type BulkDialogProps } from '@/features/leads/components/bulk-dialog'
import type { BulkChange } from '@/features/leads/use-bulk'

/** Makes leads that nobody owns one's own. */
export function ClaimLeadsDialog({ me, ...props }: BulkDialogProps & { me: User }) {
  const { t } = useTranslation()
  const change = useMemo<BulkChange>(() => ({ action: 'assign', owner_id: me.id }), [me.id])
  return (
    <BulkDialog
      {...props}
      title={t('bulk.claimTitle')}
      description={t('bulk.claimBody')}
      change={change}
      verb={(count, n) => t('bulk.claimVerb', { count, n })}
    />
  )
}
