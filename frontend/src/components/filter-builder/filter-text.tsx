import { type SyntheticEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { FilterFault } from '@/components/filter-builder/lex'
import { parseFilter } from '@/components/filter-builder/parse'
import { printFilter } from '@/components/filter-builder/print'
import { Button } from '@/components/ui/button'

interface FilterTextProps {
  value: string
  /** Called with a filter that can be read; never with one that cannot. */
  onApply: (filter: string) => void
  onCancel: () => void
}

function faultOf(text: string): FilterFault | null {
  try {
    parseFilter(text)
    return null
  } catch (error) {
    if (error instanceof FilterFault) return error
    throw error
  }
}

/** The filter as text. A fault is named and marked at the character where it is. */
export function FilterText({ value, onApply, onCancel }: FilterTextProps) {
  const { t } = useTranslation()
  const id = useId()
  const [text, setText] = useState(value)
  const fault = faultOf(text)
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (!fault) onApply(printFilter(parseFilter(text)))
  }
  return (
    <form onSubmit={submit} className="flex w-full flex-wrap items-start gap-2">
      <div className="min-w-0 flex-1 basis-64">
        <label htmlFor={id} className="sr-only">
          {t('filter.text')}
        </label>
        <input
          id={id}
          autoFocus
          dir="ltr"
          spellCheck={false}
          autoComplete="off"
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => event.key === 'Escape' && onCancel()}
          placeholder={t('filter.textHint')}
          aria-invalid={fault ? true : undefined}
          aria-describedby={`${id}-fault`}
          className="control font-mono text-xs"
        />
        <div id={`${id}-fault`} aria-live="polite">
          {fault && <FaultAt text={text} fault={fault} />}
        </div>
      </div>
      <Button type="submit" disabled={!!fault}>
        {t('filter.apply')}
      </Button>
      <Button variant="ghost" onClick={onCancel}>
        {t('common.cancel')}
      </Button>
    </form>
  )
}

const AROUND = 24

function FaultAt({ text, fault }: { text: string; fault: FilterFault }) {
  const { t } = useTranslation()
  const chars = Array.from(text)
  const at = fault.at - 1
  const length = Math.max(1, Array.from(fault.word).length)
  const before = chars.slice(Math.max(0, at - AROUND), at).join('')
  return (
    <p className="mt-1 text-xs text-bad">
      {t('filter.faultAt', {
        at: fault.at,
        what: t(`filter.fault.${fault.code}`, { word: fault.word }),
      })}
      <code dir="ltr" className="ms-2 font-mono whitespace-pre text-ink-2">
        {before}
        <mark className="rounded-sm bg-bad-soft text-bad underline decoration-wavy">
          {chars.slice(at, at + length).join('') || ' '}
        </mark>
        {chars.slice(at + length, at + length + AROUND).join('')}
      </code>
    </p>
  )
}
