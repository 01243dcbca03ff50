import { CopyCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import { EmptyState } from '@/components/feedback/empty-state'
import { Button, ButtonLink } from '@/components/ui/button'
import type { QueueFilter } from '@/features/duplicates/queries'

interface EmptyQueueProps {
  filter: QueueFilter
  onChange: (change: Partial<QueueFilter>) => void
}

/** No pair to look at: what duplicates are and who looks for them, or how to see more. */
export function EmptyQueue({ filter, onChange }: EmptyQueueProps) {
  const { t } = useTranslation()
  const narrowed = filter.min > 0 || filter.lead !== null
  if (filter.state !== 'open' || narrowed) {
    return (
      <EmptyState
        icon={<CopyCheck />}
        title={t(`duplicate.noneOf.${filter.state}`)}
        body={narrowed ? t('duplicate.noneNarrow') : undefined}
        action={
          <Button onClick={() => onChange({ state: 'open', min: 0, lead: null })}>
            {t('duplicate.showOpen')}
          </Button>
        }
      />
    )
  }
  return (
    <EmptyState
      icon={<CopyCheck />}
      title={t('duplicate.none')}
      body={t('duplicate.noneBody')}
      action={<ButtonLink to="/leads">{t('duplicate.toLeads')}</ButtonLink>}
    />
  )
}
