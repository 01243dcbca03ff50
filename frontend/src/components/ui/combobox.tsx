import { ChevronsUpDown, X } from 'lucide-react'
import { type Ref, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { Floating } from '@/components/ui/floating'
import { ListboxView } from '@/components/ui/listbox'
import { type Choice, useListbox } from '@/components/ui/use-listbox'
import { cn } from '@/utils/cn'

export interface ComboboxProps<T extends string> {
  value: T | null
  onChange: (value: T | null) => void
  options: readonly Choice<T>[]
  /** The list's name; the input's own label comes from its Field or `aria-label`. */
  label: string
  placeholder?: string
  /** Called with what was typed: the options are then the server's answer. */
  onSearch?: (text: string) => void
  loading?: boolean
  /** Offers to add what was typed. */
  onCreate?: (text: string) => void
  /** Lets the choice be taken away again. */
  clearable?: boolean
  /** What a value reads that is not among the options (yet). */
  display?: string
  disabled?: boolean
  small?: boolean
  id?: string
  inputRef?: Ref<HTMLInputElement>
  onBlur?: () => void
  'aria-label'?: string
  'aria-invalid'?: true
  'aria-describedby'?: string
  className?: string
}

/** One of many, found by typing. */
export function Combobox<T extends string>(props: ComboboxProps<T>) {
  const { value, onChange, options, label, onSearch, loading, onCreate, clearable, inputRef } =
    props
  const { t } = useTranslation()
  const [anchor, setAnchor] = useState<HTMLDivElement | null>(null)
  const [open, setOpen] = useState(false)
  const [text, setText] = useState('')
  const shown = options.find((option) => option.value === value)?.label ?? props.display ?? ''

  const close = (next: boolean) => {
    setOpen(next)
    if (next) return
    setText('')
    if (text) onSearch?.('')
  }
  const box = useListbox<Choice<T>>({
    options,
    text,
    filtered: !!onSearch,
    open,
    setOpen: close,
    onPick: (option) => {
      onChange(option.value)
      close(false)
    },
    onCreate: onCreate && ((fresh) => (onCreate(fresh), close(false))),
  })
  const clear = clearable && value !== null && !props.disabled
  return (
    <>
      <div ref={setAnchor} className={cn('relative min-w-0', props.className ?? 'w-full')}>
        <input
          {...box.inputProps}
          ref={inputRef}
          id={props.id}
          aria-label={props['aria-label']}
          aria-invalid={props['aria-invalid']}
          aria-describedby={props['aria-describedby']}
          disabled={props.disabled}
          placeholder={open && shown ? shown : (props.placeholder ?? t('ui.choose'))}
          value={open ? text : shown}
          onChange={(event) => {
            setText(event.target.value)
            onSearch?.(event.target.value)
            box.setActive(0)
            setOpen(true)
          }}
          onClick={() => setOpen(true)}
          onKeyDown={box.onKeyDown}
          onBlur={() => {
            close(false)
            props.onBlur?.()
          }}
          className={cn(
            'control truncate ps-2.5',
            clear ? 'pe-14' : 'pe-8',
            props.small && 'control-sm',
          )}
        />
        {clear && (
          <button
            type="button"
            aria-label={t('ui.clear')}
            onClick={() => onChange(null)}
            className="absolute end-7 top-1/2 flex size-6 -translate-y-1/2 items-center justify-center rounded-sm text-ink-3 hover:text-ink"
          >
            <X aria-hidden className="size-3.5" />
          </button>
        )}
        <ChevronsUpDown
          aria-hidden
          className="pointer-events-none absolute end-2.5 top-1/2 size-3.5 -translate-y-1/2 text-ink-3"
        />
      </div>

      {open && anchor && (
        <Floating
          anchor={anchor}
          fit
          className="min-w-48 animate-rise rounded-lg border border-line bg-surface text-ink shadow-pop"
        >
          <ListboxView
            box={box}
            label={label}
            text={text}
            loading={loading}
            isChosen={(each) => each === value}
          />
        </Floating>
      )}
    </>
  )
}
