import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react'

export interface EditorProps {
  label: string
  /** What the field holds now. */
  value: string
  /** The letter that began the edit; it takes the value's place. */
  typed: string | null
  /** Ends the edit: with a value to save it, with null to leave all as it was. */
  onDone: (value: string | null, move?: -1 | 1) => void
}

interface TextEditorProps extends EditorProps {
  type?: 'text' | 'email'
  numeric?: boolean
  /** A fault of the value in words, or null. */
  check?: (value: string) => string | null
  hint?: string
}

/** A text edited in its cell: Enter and Tab keep it, Escape leaves it. */
export function TextEditor(props: TextEditorProps) {
  const { label, value, typed, onDone, check } = props
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(typed ?? value)
  const done = useRef(false)
  const fault = check?.(text) ?? null

  useLayoutEffect(() => {
    input.current?.focus({ preventScroll: true })
    if (typed === null) input.current?.select()
  }, [typed])

  const end = (next: string | null, move?: -1 | 1) => {
    if (done.current) return
    if (next !== null && check?.(next)) return // It says so; nothing is lost.
    done.current = true
    onDone(next === null || next.trim() === value ? null : next.trim(), move)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation()
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter') end(text)
    else if (event.key === 'Escape') end(null)
    else if (event.key === 'Tab') end(text, event.shiftKey ? -1 : 1)
    else return
    event.preventDefault()
  }
  return (
    <>
      <input
        ref={input}
        type={props.type ?? 'text'}
        inputMode={props.numeric ? 'decimal' : undefined}
        dir="auto"
        maxLength={500}
        aria-label={label}
        aria-invalid={fault ? true : undefined}
        placeholder={props.hint}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={() => end(fault ? null : text)}
        className="absolute inset-0 size-full min-w-40 border-0 bg-surface px-2 text-sm outline-2 -outline-offset-2 outline-focus aria-invalid:outline-bad"
      />
      {fault && (
        <span
          role="alert"
          className="absolute start-0 top-full z-30 rounded-b-md border border-line bg-surface px-2 text-xs leading-6 text-bad shadow-pop"
        >
          {fault}
        </span>
      )}
    </>
  )
}
