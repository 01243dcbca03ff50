import { memo, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { FilterChips } from '@/components/filter-builder/filter-chips'
import { Button } from '@/components/ui/button'
import { lateContent } from '@/components/ui/late'
import { SearchBox } from '@/features/leads/components/search-box'
import { useFilterChoices } from '@/features/leads/use-filter-choices'
import { useKnownCustomFields } from '@/features/leads/use-known-custom-fields'
import { isFiltered, type LeadView, UNFILTERED } from '@/features/leads/view-state'

const FilterText = lateContent(
  async () => (await import('@/components/filter-builder/filter-text')).FilterText,
)

interface LeadFiltersProps {
  view: LeadView
  onChange: (change: Partial<LeadView>) => void
  sources: string[]
  /** At the end of the row: what can be done with the view as it is. */
  children?: ReactNode
}

const SUGGESTED = ['grade', 'status', 'source'] as const

function Filters({ view, onChange, sources, children }: LeadFiltersProps) {
  const { t } = useTranslation()
  const [writing, setWriting] = useState(false)
  const [building, setBuilding] = useState(false)
  const choicesOf = useFilterChoices(view.filter, building, sources)
  const customFields = useKnownCustomFields()
  const close = () => setWriting(false)
  if (writing) {
    return (
      <FilterText
        value={view.filter}
        onApply={(filter) => {
          onChange({ filter })
          close()
        }}
        onCancel={close}
      />
    )
  }
  return (
    <div
      role="group"
      aria-label={t('filter.group')}
      // The names behind ids are fetched when somebody reaches for the filters.
      onPointerEnter={() => setBuilding(true)}
      onFocus={() => setBuilding(true)}
      className="flex flex-wrap items-center gap-2 max-sm:gap-1.5"
    >
      <SearchBox value={view.q} onChange={(q) => onChange({ q })} />
      <FilterChips
        filter={view.filter}
        onChange={(filter) => onChange({ filter })}
        choicesOf={choicesOf}
        customFields={customFields}
        suggested={SUGGESTED}
        onWrite={() => setWriting(true)}
      />
      {isFiltered(view) && (
        <Button variant="ghost" onClick={() => onChange(UNFILTERED)}>
          {t('filter.clear')}
        </Button>
      )}
      {children}
    </div>
  )
}

/** Search and the filter, as chips or as text; they stay as they are while rows come in. */
export const LeadFilters = memo(Filters)
