import { ChevronDown, Search, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { Button } from '@/components/ui/button'
import { Menu, MenuCheckItem, MenuLabel } from '@/components/ui/menu'
import { FilterCondition } from '@/features/leads/components/filter-condition'
import { type ChipField, isFiltered, type LeadView } from '@/features/leads/view-state'
import { useDebounced } from '@/hooks/use-debounced'
import { useShortcuts } from '@/hooks/use-shortcuts'
import { GRADES, LEAD_STATUSES } from '@/types/grade'

interface LeadFiltersProps {
  view: LeadView
  onChange: (change: Partial<LeadView>) => void
  sources: string[]
}

/** Search and the filter chips. */
export function LeadFilters({ view, onChange, sources }: LeadFiltersProps) {
  const { t } = useTranslation()
  const statusLabel = (status: string) => t(`status.${status}` as never)
  return (
    <div
      role="group"
      aria-label={t('filter.group')}
      className="flex flex-wrap items-center gap-2 max-sm:gap-1.5"
    >
      <SearchBox value={view.q} onChange={(q) => onChange({ q })} />
      <Chip
        field="grade"
        label={t('lead.grade')}
        options={GRADES.map((grade) => ({ value: grade, label: grade }))}
        chosen={view.grade}
        onChange={onChange}
      />
      <Chip
        field="status"
        label={t('lead.status')}
        options={LEAD_STATUSES.map((status) => ({ value: status, label: statusLabel(status) }))}
        chosen={view.status}
        onChange={onChange}
      />
      <Chip
        field="source"
        label={t('lead.source')}
        options={[...new Set([...sources, ...view.source])].map((value) => ({
          value,
          label: value,
        }))}
        chosen={view.source}
        onChange={onChange}
      />
      <FilterCondition filter={view.filter} onChange={(filter) => onChange({ filter })} />
      {isFiltered(view) && (
        <Button
          variant="ghost"
          onClick={() => onChange({ q: '', grade: [], status: [], source: [], filter: '' })}
        >
          {t('filter.clear')}
        </Button>
      )}
    </div>
  )
}

interface ChipProps {
  field: ChipField
  label: string
  options: { value: string; label: string }[]
  chosen: string[]
  onChange: (change: Partial<LeadView>) => void
}

function Chip({ field, label, options, chosen, onChange }: ChipProps) {
  const { t } = useTranslation()
  const active = chosen.length > 0
  const names = options.filter((o) => chosen.includes(o.value)).map((o) => o.label)
  return (
    <span className="inline-flex">
      <Menu
        align="start"
        trigger={
          <Button className={active ? 'rounded-e-none border-accent/50 bg-selected' : ''}>
            <span className={active ? '' : 'text-ink-2'}>{label}</span>
            {active && <span className="max-w-40 truncate">{names.join(', ')}</span>}
            <ChevronDown aria-hidden className="text-ink-3" />
          </Button>
        }
      >
        {options.length === 0 && <MenuLabel>{t('filter.nothing')}</MenuLabel>}
        {options.map((option) => (
          <MenuCheckItem
            key={option.value}
            checked={chosen.includes(option.value)}
            onCheckedChange={(on) =>
              onChange({
                [field]: on
                  ? [...chosen, option.value]
                  : chosen.filter((each) => each !== option.value),
              })
            }
          >
            {option.label}
          </MenuCheckItem>
        ))}
      </Menu>
      {active && (
        <button
          type="button"
          aria-label={t('filter.removeNamed', { name: label })}
          onClick={() => onChange({ [field]: [] })}
          className="-ms-px flex w-7 items-center justify-center rounded-e-md border border-accent/50 bg-selected text-ink-2 hover:text-ink pointer-coarse:w-11"
        >
          <X aria-hidden className="size-3.5" />
        </button>
      )}
    </span>
  )
}

function SearchBox({ value, onChange }: { value: string; onChange: (q: string) => void }) {
  const { t } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(value)
  const [shown, setShown] = useState(value)
  const settled = useDebounced(text, 200)

  // The address may change without us (back button, "clear filters").
  if (value !== shown) {
    setShown(value)
    if (value !== settled) setText(value)
  }

  useEffect(() => {
    if (settled === text && settled !== value) onChange(settled)
    // Only what was typed may start a search, not a change of the address.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [settled])

  useShortcuts([
    {
      id: 'search',
      keys: '/',
      label: t('shortcut.search'),
      where: 'list',
      run: () => input.current?.focus(),
    },
  ])

  return (
    <label className="relative w-full sm:w-64">
      <span className="sr-only">{t('lead.search')}</span>
      <Search
        aria-hidden
        className="absolute start-2.5 top-1/2 size-4 -translate-y-1/2 text-ink-3"
      />
      <input
        ref={input}
        type="search"
        value={text}
        onChange={(event) => setText(event.target.value)}
        placeholder={t('lead.searchHint')}
        className="control ps-8"
      />
    </label>
  )
}
