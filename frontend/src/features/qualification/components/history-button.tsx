import { History } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Analysis } from '@/api/contract'
import { IconButton } from '@/components/ui/button'
import { lateContent } from '@/components/ui/late'
import { Sheet } from '@/components/ui/sheet'

const AnalysisHistory = lateContent(
  async () =>
    (await import('@/features/qualification/components/analysis-history')).AnalysisHistory,
)

/** Opens every analysis this lead ever had. */
export function HistoryButton({ analyses }: { analyses: readonly Analysis[] }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <>
      <IconButton
        label={t('history.open', { count: analyses.length })}
        onClick={() => setOpen(true)}
      >
        <History />
      </IconButton>
      <Sheet wide open={open} onClose={() => setOpen(false)} title={t('history.title')}>
        <AnalysisHistory analyses={analyses} />
      </Sheet>
    </>
  )
}
