import { CopyCheck } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { Button } from '@/components/ui/button'
import { lateLayer } from '@/components/ui/late'

const BulkMergeDialog = lateLayer(
  async () => (await import('@/features/duplicates/components/bulk-merge-dialog')).BulkMergeDialog,
)

/** The way to judge all pairs of a confidence at once. */
export function BulkMerge({ disabled }: { disabled: boolean }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button icon={<CopyCheck />} disabled={disabled} onClick={() => setOpen(true)}>
        {t('duplicate.bulk.open')}
      </Button>
      <BulkMergeDialog open={open} onClose={() => setOpen(false)} />
    </>
  )
}
