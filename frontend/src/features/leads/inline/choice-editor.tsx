import { type KeyboardEvent, useLayoutEffect, useRef } from 'react'

import type { EditorProps } from '@/features/leads/inline/text-editor'

interface ChoiceEditorProps extends Omit<EditorProps, 'typed'> {
  options: readonly { value: string; label: string }[]
}

/** One of a few, opened in its cell; what is picked is kept. */
export function ChoiceEditor({ label, value, options, onDone }: ChoiceEditorProps) {
  const select = useRef<HTMLSelectElement>(null)
  const done = useRef(false)
  useLayoutEffect(() => {
    const field = select.current
    field?.focus({ preventScroll: true })
    try {
      field?.showPicker()
    } catch {
      // Without a press just before, the browser leaves it closed; arrows and space work.
    }
  }, [])
  const end = (next: string | null, move?: -1 | 1) => {
    if (done.current) return
    done.current = true
    onDone(next === value ? null : next, move)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLSelectElement>) => {
    event.stopPropagation()
    if (event.key === 'Escape') end(null)
    else if (event.key === 'Tab') end(event.currentTarget.value, event.shiftKey ? -1 : 1)
    else return
    event.preventDefault()
  }
  return (
    <select
      ref={select}
      aria-label={label}
      defaultValue={value}
      onChange={(event) => end(event.target.value)}
      onKeyDown={onKeyDown}
      onBlur={() => end(null)}
      className="absolute inset-0 size-full min-w-28 border-0 bg-surface px-1 text-sm text-ink outline-2 -outline-offset-2 outline-focus"
    >
      {options.map((option) => (
        <option key={option.value} value={option.value} className="bg-surface text-ink">
          {option.label}
        </option>
      ))}
    </select>
  )
}
