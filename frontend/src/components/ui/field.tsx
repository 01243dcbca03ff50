import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'

import { cn } from '@/utils/cn'

export interface ControlProps {
  id: string
  'aria-invalid'?: true
  'aria-describedby'?: string
}

interface FieldProps {
  label: string
  hint?: ReactNode
  error?: string
  /** Says beside the label that it may stay empty. */
  optional?: boolean
  className?: string
  /** Renders the control with the ids that tie it to its label, hint and error. */
  children: (control: ControlProps) => ReactNode
}

/** A labelled form control with its hint and its fault in place. */
export function Field({ label, hint, error, optional, className, children }: FieldProps) {
  const { t } = useTranslation()
  const id = useId()
  const note = error || hint ? `${id}-note` : undefined
  return (
    <div className={cn('flex min-w-0 flex-col gap-1', className)}>
      <label htmlFor={id} className="text-xs font-medium break-words text-ink-2">
        {label}
        {optional && <span className="font-normal text-ink-3"> ({t('ui.optional')})</span>}
      </label>
      {children({
        id,
        ...(error ? { 'aria-invalid': true as const } : {}),
        ...(note ? { 'aria-describedby': note } : {}),
      })}
      {error ? (
        <p id={note} className="text-xs break-words text-bad">
          {error}
        </p>
      ) : hint ? (
        <div id={note} className="text-xs break-words text-ink-3">
          {hint}
        </div>
      ) : null}
    </div>
  )
}
