import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'

import type { ProfileError } from '@/api/contract'
import { cn } from '@/utils/cn'

interface YamlEditorProps {
  label: string
  value: string
  onChange: (value: string) => void
  errors: readonly ProfileError[]
  readOnly?: boolean
}

const LINE = 20

/** A plain editor with line numbers; lines with faults are marked, faults listed below lead to them. */
export function YamlEditor({ label, value, onChange, errors, readOnly }: YamlEditorProps) {
  const { t } = useTranslation()
  const area = useRef<HTMLTextAreaElement>(null)
  const gutter = useRef<HTMLDivElement>(null)
  const lines = value.split('\n').length
  const faulty = new Set(errors.map((error) => error.line))

  useEffect(() => {
    const box = area.current
    if (!box) return
    const follow = () => {
      if (gutter.current) gutter.current.scrollTop = box.scrollTop
    }
    box.addEventListener('scroll', follow)
    return () => box.removeEventListener('scroll', follow)
  }, [])

  const goTo = (line: number) => {
    const box = area.current
    if (!box) return
    const starts = value.split('\n').slice(0, Math.max(0, line - 1))
    const at = starts.reduce((sum, text) => sum + text.length + 1, 0)
    box.focus()
    box.setSelectionRange(at, at + (value.split('\n')[line - 1]?.length ?? 0))
    box.scrollTop = Math.max(0, (line - 4) * LINE)
  }

  return (
    <div className="flex min-h-0 flex-1 flex-col gap-3">
      <div className="flex min-h-64 flex-1 overflow-hidden rounded-lg border border-line-strong bg-surface focus-within:outline-2 focus-within:outline-focus">
        <div
          ref={gutter}
          aria-hidden
          className="num w-11 shrink-0 overflow-hidden border-r border-line bg-sunken py-2 text-right font-mono text-xs leading-5 text-ink-3 select-none"
        >
          {Array.from({ length: lines }, (_, i) => (
            <div
              key={i}
              className={cn('h-5 pr-2', faulty.has(i + 1) && 'bg-bad-soft font-semibold text-bad')}
            >
              {i + 1}
            </div>
          ))}
          <div className="h-40" />
        </div>
        <textarea
          ref={area}
          aria-label={label}
          aria-invalid={errors.length > 0}
          value={value}
          readOnly={readOnly}
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Tab' || event.shiftKey || readOnly) return
            // Two spaces, as YAML wants; Escape then Tab leaves the editor.
            if (event.currentTarget.dataset.leave === 'yes') return
            event.preventDefault()
            event.currentTarget.setRangeText(
              '  ',
              event.currentTarget.selectionStart,
              event.currentTarget.selectionEnd,
              'end',
            )
            onChange(event.currentTarget.value)
          }}
          onKeyUp={(event) => {
            event.currentTarget.dataset.leave = event.key === 'Escape' ? 'yes' : 'no'
          }}
          spellCheck={false}
          wrap="off"
          className="min-w-0 flex-1 resize-none overflow-auto bg-surface px-3 py-2 font-mono text-xs leading-5 outline-none"
        />
      </div>
      {errors.length > 0 && (
        <ul className="flex max-h-48 flex-col gap-px overflow-y-auto rounded-md border border-bad/30 bg-bad-soft py-1">
          {errors.map((error) => (
            <li key={`${error.line}:${error.column}:${error.message}`}>
              <button
                type="button"
                onClick={() => goTo(error.line)}
                className="flex w-full items-baseline gap-3 px-3 py-1 text-left text-sm hover:bg-hover"
              >
                <span className="num shrink-0 font-medium text-bad">
                  {t('profile.line', { line: error.line })}
                </span>
                <span className="min-w-0 break-words">
                  {error.message} <span className="text-ink-2">{error.hint}</span>
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
