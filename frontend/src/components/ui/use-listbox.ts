import { type KeyboardEvent, useId, useState } from 'react'

/** How many choices are drawn; more would be slow and nobody reads them. */
const MOST = 100

export interface Choice<T extends string = string> {
  value: T
  label: string
  /** Quiet words after the label; found by the search too. */
  note?: string
  disabled?: boolean
}

/** The choices that hold every word of the text, in their own order. */
export function matching<T extends Choice>(options: readonly T[], text: string): T[] {
  const words = fold(text).split(/\s+/).filter(Boolean)
  return options.filter((option) => {
    const hay = fold(`${option.label} ${option.note ?? ''}`)
    return words.every((word) => hay.includes(word))
  })
}

function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}

interface ListboxInit<T extends Choice> {
  options: readonly T[]
  text: string
  /** The options come filtered already, from a server. */
  filtered?: boolean
  /** Adds a row that makes a new value from the text. */
  canCreate?: boolean
  open: boolean
  setOpen: (open: boolean) => void
  onPick: (option: T) => void
  onCreate?: (text: string) => void
}

/** The keyboard and the ids of an input that filters a list (ARIA's combobox pattern). */
export function useListbox<T extends Choice>(init: ListboxInit<T>) {
  const { options, text, filtered, open, setOpen, onPick, onCreate } = init
  const id = useId()
  const [at, setAt] = useState(0)
  const all = filtered ? [...options] : matching(options, text)
  const shown = all.slice(0, MOST)
  const fresh = text.trim()
  const create =
    !!onCreate && fresh !== '' && !options.some((option) => fold(option.label) === fold(fresh))
  const count = shown.length + (create ? 1 : 0)
  const active = Math.min(at, count - 1)

  const take = (index: number) => {
    const option = shown[index]
    if (option && !option.disabled) onPick(option)
    else if (!option && create) onCreate(fresh)
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      if (!open) return setOpen(true)
      const step = event.key === 'ArrowDown' ? 1 : -1
      if (count > 0) setAt((active + step + count) % count)
    } else if (event.key === 'Home' && open && text === '') setAt(0)
    else if (event.key === 'End' && open && text === '') setAt(count - 1)
    else if (event.key === 'Enter' && open) {
      event.preventDefault()
      take(active)
    } else if (event.key === 'Escape' && open) {
      event.preventDefault()
      event.stopPropagation()
      setOpen(false)
    } else if (event.key === 'Tab') setOpen(false)
  }

  return {
    listId: `${id}-list`,
    optionId: (index: number) => `${id}-${index}`,
    shown,
    hidden: all.length - shown.length,
    create: create ? fresh : null,
    active,
    setActive: setAt,
    take,
    onKeyDown,
    inputProps: {
      role: 'combobox',
      'aria-autocomplete': 'list',
      'aria-expanded': open,
      'aria-controls': open ? `${id}-list` : undefined,
      'aria-activedescendant': open && count > 0 ? `${id}-${active}` : undefined,
      autoComplete: 'off',
      spellCheck: false,
    } as const,
  }
}

export type Listbox<T extends Choice> = ReturnType<typeof useListbox<T>>
