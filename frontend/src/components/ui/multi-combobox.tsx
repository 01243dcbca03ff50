import { X } from 'lucide-react'
import { type KeyboardEvent, type Ref, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { Floating } from '@/components/ui/floating'
import { ListboxView } from '@/components/ui/listbox'
import { type Choice, useListbox } from '@/components/ui/use-listbox'
import { cn } from '@/utils/cn'

export interface MultiComboboxProps<T extends string> {
  value: readonly T[]
  onChange: (value: T[]) => void
  options: readonly Choice<T>[]
  label: string
  placeholder?: string
  onSearch?: (text: string) => void
  loading?: boolean
  onCreate?: (text: string) => void
  disabled?: boolean
  id?: string
  inputRef?: Ref<HTMLInputElement>
  onBlur?: () => void
  'aria-label'?: string
  'aria-invalid'?: true
  'aria-describedby'?: string
  className?: string
}

/** Several of many: what is chosen stands as chips before the input. */
export function MultiCombobox<T extends string>(props: MultiComboboxProps<T>) {
  const { value, onChange, options, label, onSearch, loading, onCreate, disabled, inputRef } = props
  const { t } = useTranslation()
  const [anchor, setAnchor] = useState<HTMLDivElement | null>(null)
  const [open, setOpen] = useState(false)
  const [text, setText] = useState('')
  const write = (next: string) => {
    setText(next)
    onSearch?.(next)
  }
  const toggle = (each: T) =>
    onChange(value.includes(each) ? value.filter((v) => v !== each) : [...value, each])

  const box = useListbox<Choice<T>>({
    options,
    text,
    filtered: !!onSearch,
    open,
    setOpen,
    onPick: (option) => {
      toggle(option.value)
      if (text) write('')
    },
    onCreate: onCreate && ((fresh) => (onCreate(fresh), write(''))),
  })
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Backspace' && text === '' && value.length > 0) onChange(value.slice(0, -1))
    else box.onKeyDown(event)
  }
  return (
    <>
      <div
        ref={setAnchor}
        data-disabled={disabled || undefined}
        aria-invalid={props['aria-invalid']}
        className={cn(
          'control flex flex-wrap items-center gap-1 px-1.5 py-0.5 has-[input:focus-visible]:outline-2 has-[input:focus-visible]:-outline-offset-1 has-[input:focus-visible]:outline-focus',
          props.className,
        )}
      >
        {value.map((each) => {
          const name = options.find((option) => option.value === each)?.label ?? each
          return (
            <span
              key={each}
              className="inline-flex h-6 max-w-full items-center rounded-sm bg-sunken ps-1.5 text-xs pointer-coarse:h-9"
            >
              <span className="truncate">{name}</span>
              <button
                type="button"
                disabled={disabled}
                aria-label={t('ui.remove', { name })}
                onClick={() => toggle(each)}
                className="flex h-full w-6 shrink-0 items-center justify-center text-ink-3 hover:text-ink pointer-coarse:w-9"
              >
                <X aria-hidden className="size-3" />
              </button>
            </span>
          )
        })}
        <input
          {...box.inputProps}
          ref={inputRef}
          id={props.id}
          aria-label={props['aria-label']}
          aria-invalid={props['aria-invalid']}
          aria-describedby={props['aria-describedby']}
          disabled={disabled}
          placeholder={value.length === 0 ? (props.placeholder ?? t('ui.choose')) : undefined}
          value={text}
          onChange={(event) => {
            write(event.target.value)
            box.setActive(0)
            setOpen(true)
          }}
          onClick={() => setOpen(true)}
          onKeyDown={onKeyDown}
          onBlur={() => {
            setOpen(false)
            write('')
            props.onBlur?.()
          }}
          className="h-6 min-w-16 flex-1 bg-transparent px-1 outline-none"
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
            multiple
            isChosen={(each) => value.includes(each)}
          />
        </Floating>
      )}
    </>
  )
}
