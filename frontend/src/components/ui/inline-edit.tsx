import { Pencil } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { cn } from '@/utils/cn'

interface InlineEditProps {
  value: string
  /** Resolves once saved; a rejection keeps the text and shows its message. */
  onSave: (value: string) => Promise<unknown>
  label: string
  /** How the value reads when it is not being edited. */
  children?: ReactNode
  placeholder?: string
  multiline?: boolean
  type?: 'text' | 'email' | 'url' | 'tel'
  maxLength?: number
  /** A fault in words, or null when the text may be saved. */
  check?: (value: string) => string | null
  disabled?: boolean
  className?: string
}

/**
 * A text that is edited where it stands: press or Enter begins, Enter or
 * leaving saves, Escape takes back. What could not be saved is not lost.
 */
export function InlineEdit(props: InlineEditProps) {
  const { value, onSave, label, placeholder, multiline, check, disabled } = props
  const { t } = useTranslation()
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const [draft, setDraft] = useState<string | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const [saving, setSaving] = useState(false)

  const end = (focus: boolean) => {
    setDraft(null)
    setFault(null)
    if (focus) requestAnimationFrame(() => button.current?.focus())
  }
  const save = async (focus: boolean) => {
    if (saving || draft === null) return
    const text = draft.trim()
    if (text === value.trim()) return end(focus)
    const wrong = check?.(text) ?? null
    if (wrong) return setFault(wrong)
    setSaving(true)
    try {
      await onSave(text)
      end(focus)
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error))
    } finally {
      setSaving(false)
    }
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') {
      event.preventDefault()
      event.stopPropagation()
      end(true)
    } else if (event.key === 'Enter' && (!multiline || event.metaKey || event.ctrlKey)) {
      event.preventDefault()
      void save(true)
    }
  }

  if (draft === null || disabled) {
    const shown =
      props.children ??
      (value || <span className="text-ink-3">{placeholder ?? t('ui.empty')}</span>)
    if (disabled) return <span className={cn('break-words', props.className)}>{shown}</span>
    return (
      <button
        ref={button}
        type="button"
        aria-label={`${t('ui.edit', { name: label })}: ${value || (placeholder ?? t('ui.empty'))}`}
        onClick={() => setDraft(value)}
        className={cn(
          'group relative -mx-1.5 inline-flex min-h-[var(--control-sm)] max-w-[calc(100%+12px)] min-w-0 items-center rounded-md px-1.5 text-start break-words hover:bg-hover pointer-coarse:min-h-11',
          props.className,
        )}
      >
        <span className={cn('min-w-0', multiline && 'whitespace-pre-wrap')}>{shown}</span>
        {/* Beyond the end of the text, so that it takes no room from it. */}
        <span
          aria-hidden
          className="pointer-events-none absolute start-full top-0 -ms-1.5 flex h-[var(--control-sm)] items-center rounded-e-md bg-hover px-0.5 text-ink-3 opacity-0 group-hover:opacity-100 group-focus-visible:ms-0.5 group-focus-visible:bg-transparent group-focus-visible:opacity-100 pointer-coarse:h-11"
        >
          <Pencil className="size-3" />
        </span>
      </button>
    )
  }
  const control = {
    autoFocus: true,
    value: draft,
    'aria-label': label,
    'aria-invalid': fault ? (true as const) : undefined,
    'aria-describedby': fault ? id : undefined,
    'aria-busy': saving || undefined,
    readOnly: saving,
    placeholder,
    maxLength: props.maxLength,
    onChange: (event: { target: { value: string } }) => setDraft(event.target.value),
    onKeyDown,
    onBlur: () => void save(false),
    className: cn('control', saving && 'animate-skeleton'),
  }
  return (
    <span className="flex w-full flex-col gap-1">
      {multiline ? <textarea {...control} rows={4} /> : <input {...control} type={props.type} />}
      {fault && (
        <span id={id} role="alert" className="text-xs text-bad">
          {fault}
        </span>
      )}
    </span>
  )
}
