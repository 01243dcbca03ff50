import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { Button } from '@/components/ui/button'
import { Segmented } from '@/components/ui/segmented'
import { Select } from '@/components/ui/select'
import { percentWords } from '@/features/duplicates/components/score-words'
import type { QueueFilter } from '@/features/duplicates/queries'
import { LEAST, STATES } from '@/features/duplicates/queue-state'

interface QueueFiltersProps {
  /** What stands at the end of the row. */
  children?: ReactNode
  filter: QueueFilter
  onChange: (change: Partial<QueueFilter>) => void
}

/** Which pairs the queue shows. */
export function QueueFilters({ filter, onChange, children }: QueueFiltersProps) {
  const { t, i18n } = useTranslation()
  const least = LEAST.some((each) => each === filter.min) ? LEAST : [...LEAST, filter.min]
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line px-4 py-2 sm:px-6">
      <Segmented
        label={t('duplicate.which')}
        value={filter.state}
        onChange={(state) => onChange({ state })}
        options={STATES.map((value) => ({ value, label: t(`duplicate.state.${value}`) }))}
      />
      <Select
        small
        aria-label={t('duplicate.least')}
        value={String(filter.min)}
        onChange={(min) => onChange({ min: Number(min) })}
        options={least.map((min) => ({
          value: String(min),
          label: min
            ? t('duplicate.atLeast', { percent: percentWords(i18n.language, min) })
            : t('duplicate.anyScore'),
        }))}
        className="w-44"
      />
      {filter.lead && (
        <Button size="sm" icon={<X />} onClick={() => onChange({ lead: null })}>
          {t('duplicate.ofOneLead')}
        </Button>
      )}
      {children && <div className="ms-auto min-w-0">{children}</div>}
    </div>
  )
}
