import { type Ref, useId, useMemo } from 'react'
import { useTranslation } from 'react-i18next'

import { lineOf, type Mark, readTemplate } from '@/features/templates/merge-language'
import { cn } from '@/utils/cn'

interface TemplateFieldProps {
  label: string
  value: string
  onChange: (value: string) => void
  known: ReadonlySet<string>
  /** What the server said of this field. */
  fault?: string
  oneLine?: boolean
  disabled?: boolean
  areaRef: Ref<HTMLTextAreaElement>
  onFocus: () => void
}

/** A text with variables: they lie in it as pills, and what cannot be used is marked where it stands. */
export function TemplateField(props: TemplateFieldProps) {
  const { label, value, onChange, known, fault, oneLine, disabled, areaRef, onFocus } = props
  const { t } = useTranslation()
  const id = useId()
  const marks = useMemo(() => readTemplate(value, known), [value, known])
  const faults = marks.filter((mark) => mark.fault)
  const bad = faults.length > 0 || !!fault
  return (
    <div>
      <label htmlFor={id} className="text-xs font-medium text-ink-2">
        {label}
      </label>
      <div
        className="relative control mt-1 p-0 has-[textarea:focus-visible]:outline-2 has-[textarea:focus-visible]:-outline-offset-1 has-[textarea:focus-visible]:outline-focus"
        aria-invalid={bad || undefined}
      >
        <div
          aria-hidden
          dir="auto"
          className={cn(
            'pointer-events-none px-2.5 py-1.5 break-words whitespace-pre-wrap text-transparent select-none',
            !oneLine && 'min-h-64',
          )}
        >
          <Pills text={value} marks={marks} />
          {/* A last empty line has a height only with something in it. */}
          {'\u200b'}
        </div>
        <textarea
          ref={areaRef}
          id={id}
          dir="auto"
          rows={1}
          value={value}
          readOnly={disabled}
          aria-invalid={bad || undefined}
          aria-describedby={bad ? `${id}-faults` : undefined}
          onFocus={onFocus}
          onChange={(event) =>
            onChange(oneLine ? event.target.value.replace(/[\r\n]+/g, ' ') : event.target.value)
          }
          className="absolute inset-0 size-full resize-none overflow-hidden rounded-md bg-transparent px-2.5 py-1.5 break-words whitespace-pre-wrap text-ink outline-none"
        />
      </div>
      {bad && (
        <ul id={`${id}-faults`} className="mt-1 flex flex-col gap-0.5 text-xs text-bad">
          {faults.map((mark) => (
            <li key={mark.start}>
              {!oneLine && `${t('ui.line', { line: lineOf(value, mark.start) })}: `}
              {t(`template.fault.${mark.fault!}`, { name: mark.name })}
            </li>
          ))}
          {faults.length === 0 && <li>{fault}</li>}
        </ul>
      )}
    </div>
  )
}

function Pills({ text, marks }: { text: string; marks: readonly Mark[] }) {
  const out = []
  let at = 0
  for (const mark of marks) {
    out.push(text.slice(at, mark.start))
    out.push(
      <span
        key={mark.start}
        className={cn(
          'rounded-sm box-decoration-clone',
          mark.fault
            ? 'bg-bad-soft shadow-[0_0_0_2px_var(--bad-soft)]'
            : 'bg-selected shadow-[0_0_0_2px_var(--selected)]',
        )}
      >
        {text.slice(mark.start, mark.end)}
      </span>,
    )
    at = mark.end
  }
  out.push(text.slice(at))
  return out
}
