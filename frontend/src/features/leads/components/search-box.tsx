import { Search } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useDebounced } from '@/hooks/use-debounced'
import { useShortcuts } from '@/hooks/use-shortcuts'

/** The words that leads are searched for. */
export function SearchBox({ value, onChange }: { value: string; onChange: (q: string) => void }) {
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
