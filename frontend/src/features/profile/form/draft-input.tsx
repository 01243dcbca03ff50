import { useState } from 'react'

import type { ControlProps } from '@/components/ui/field'

interface DraftInputProps<T> extends ControlProps {
  value: T
  print: (value: T) => string
  read: (text: string) => T
  onChange: (value: T) => void
  readOnly: boolean
  /** More than one line. */
  rows?: number
}

/** Keeps what is typed (an empty line, a space at an end) for as long as it means the value that is stored. */
export function DraftInput<T>(props: DraftInputProps<T>) {
  const { value, print, read, onChange, rows, ...control } = props
  const [draft, setDraft] = useState<string | null>(null)
  const same = draft !== null && print(read(draft)) === print(value)
  const shared = {
    ...control,
    value: same ? draft : print(value),
    onBlur: () => setDraft(null),
    onChange: (event: { target: { value: string } }) => {
      setDraft(event.target.value)
      onChange(read(event.target.value))
    },
  }
  return rows ? (
    <textarea {...shared} rows={rows} className="control h-auto resize-y py-1.5" />
  ) : (
    <input {...shared} className="control" />
  )
}
