import { Check, Plus } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'

import type { Choice, Listbox } from '@/components/ui/use-listbox'
import { cn } from '@/utils/cn'

const ROW =
  'flex min-h-[var(--control-sm)] w-full cursor-pointer items-center gap-2 rounded-md px-2 py-1 text-start text-sm select-none pointer-coarse:min-h-11 [&_svg]:size-4 [&_svg]:shrink-0'

interface ListboxViewProps<T extends Choice> {
  box: Listbox<T>
  label: string
  text: string
  loading?: boolean
  multiple?: boolean
  isChosen: (value: T['value']) => boolean
}

/** The list under a combobox's input. The input keeps the focus; the list only shows. */
export function ListboxView<T extends Choice>(props: ListboxViewProps<T>) {
  const { box, label, text, loading, multiple, isChosen } = props
  const { t } = useTranslation()
  const ref = useRef<HTMLUListElement>(null)

  useEffect(() => {
    ref.current?.querySelector('[data-active]')?.scrollIntoView({ block: 'nearest' })
  }, [box.active])

  const nothing = box.shown.length === 0 && box.create === null
  return (
    // A press must not take the focus from the input.
    <div onPointerDown={(event) => event.preventDefault()}>
      <ul
        ref={ref}
        id={box.listId}
        role="listbox"
        aria-label={label}
        aria-multiselectable={multiple || undefined}
        aria-busy={loading || undefined}
        className="max-h-72 overflow-y-auto p-1"
      >
        {box.shown.map((option, index) => (
          <li
            key={option.value}
            id={box.optionId(index)}
            role="option"
            aria-selected={isChosen(option.value)}
            aria-disabled={option.disabled || undefined}
            data-active={index === box.active || undefined}
            onPointerMove={() => box.setActive(index)}
            onClick={() => box.take(index)}
            className={cn(ROW, 'data-active:bg-hover aria-disabled:opacity-50')}
          >
            <span className="min-w-0 flex-1 truncate">{option.label}</span>
            {option.note && (
              <span className="max-w-[50%] truncate text-xs text-ink-2">{option.note}</span>
            )}
            {isChosen(option.value) && <Check aria-hidden className="text-accent-text" />}
          </li>
        ))}
        {box.create !== null && (
          <li
            id={box.optionId(box.shown.length)}
            role="option"
            aria-selected={false}
            data-active={box.active === box.shown.length || undefined}
            onPointerMove={() => box.setActive(box.shown.length)}
            onClick={() => box.take(box.shown.length)}
            className={cn(ROW, 'data-active:bg-hover')}
          >
            <Plus aria-hidden className="text-ink-3" />
            <span className="truncate">{t('ui.create', { text: box.create })}</span>
          </li>
        )}
      </ul>
      {(nothing || box.hidden > 0) && (
        <p role="status" className="px-3 pt-1 pb-2 text-xs break-words text-ink-2">
          {box.hidden > 0
            ? t('ui.moreMatches', { count: box.hidden })
            : loading
              ? t('common.loading')
              : text
                ? t('ui.noMatch', { text })
                : t('ui.noOptions')}
        </p>
      )}
    </div>
  )
}
