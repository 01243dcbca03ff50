import { Braces, X } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { IconButton } from '@/components/ui/button'

const FilterText = lazy(async () => ({
  default: (await import('@/components/filter-builder/filter-text')).FilterText,
}))

interface FilterConditionProps {
  filter: string
  onChange: (filter: string) => void
}

/** The conditions that no chip stands for, as text; a press opens them for writing. */
export function FilterCondition({ filter, onChange }: FilterConditionProps) {
  const { t } = useTranslation()
  const [writing, setWriting] = useState(false)
  if (writing) {
    return (
      <Suspense>
        <FilterText
          value={filter}
          onApply={(next) => {
            onChange(next)
            setWriting(false)
          }}
          onCancel={() => setWriting(false)}
        />
      </Suspense>
    )
  }
  if (!filter) {
    return (
      <IconButton label={t('filter.write')} onClick={() => setWriting(true)}>
        <Braces />
      </IconButton>
    )
  }
  return (
    <span className="inline-flex h-8 max-w-full items-center rounded-md border border-accent/50 bg-selected sm:max-w-120 pointer-coarse:h-11">
      <button
        type="button"
        dir="ltr"
        title={t('filter.edit')}
        onClick={() => setWriting(true)}
        className="min-w-0 truncate px-2 font-mono text-xs hover:underline"
      >
        {filter}
      </button>
      <IconButton label={t('filter.remove')} onClick={() => onChange('')}>
        <X />
      </IconButton>
    </span>
  )
}
