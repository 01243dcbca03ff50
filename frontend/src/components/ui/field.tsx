import { type ReactNode, useId } from 'react'

import { cn } from '@/utils/cn'

interface ControlProps {
  id: string
  'aria-invalid'?: true
  'aria-describedby'?: string
}

interface FieldProps {
  label: string
  hint?: ReactNode
  error?: string
  className?: string
  /** Renders the control with the ids that tie it to its label, hint and error. */
  children: (control: ControlProps) => ReactNode
}

/** A labelled form control with its hint and its fault in place. */
export function Field({ label, hint, error, className, children }: FieldProps) {
  const id = useId()
  const note = error || hint ? `${id}-note` : undefined
  return (
    <div className={cn('flex flex-col gap-1', className)}>
      <label htmlFor={id} className="text-xs font-medium text-ink-2">
        {label}
      </label>
      {children({
        id,
        ...(error ? { 'aria-invalid': true as const } : {}),
        ...(note ? { 'aria-describedby': note } : {}),
      })}
      {error ? (
        <p id={note} className="text-xs text-bad">
          {error}
        </p>
      ) : hint ? (
        <p id={note} className="text-xs text-ink-3">
          {hint}
        </p>
      ) : null}
    </div>
  )
}
