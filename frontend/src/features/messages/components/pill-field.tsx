import { type ComponentProps, useMemo } from 'react'

import { cn } from '@/utils/cn'
import { findValues, segmentUnits } from '@/utils/segments'

interface PillFieldProps extends Omit<ComponentProps<'textarea'>, 'value' | 'onChange'> {
  value: string
  onChange: (value: string) => void
  variables: readonly { name: string; value: string }[]
  /** Enter does not break the line. */
  oneLine?: boolean
}

/**
 * A text area that grows with its text and shows as pills what was filled in
 * from the lead. The pills lie beneath the letters in a copy of the text, which
 * also gives the height.
 */
export function PillField(props: PillFieldProps) {
  const { value, onChange, variables, oneLine, className, ...rest } = props
  const segments = useMemo(() => {
    const values = variables.map((variable) => ({ key: variable.name, value: variable.value }))
    return segmentUnits(value, findValues(value, values))
  }, [value, variables])
  return (
    <div
      className={cn(
        'control relative p-0 has-[textarea:focus-visible]:outline-2 has-[textarea:focus-visible]:-outline-offset-1 has-[textarea:focus-visible]:outline-focus',
        className,
      )}
    >
      <div
        aria-hidden
        dir="auto"
        className={cn(
          'pointer-events-none px-2.5 py-1.5 break-words whitespace-pre-wrap text-transparent select-none',
          !oneLine && 'min-h-40',
        )}
      >
        {segments.map((segment) =>
          segment.keys.length === 0 ? (
            segment.text
          ) : (
            <span
              key={segment.start}
              className="rounded-sm bg-selected box-decoration-clone shadow-[0_0_0_2px_var(--selected)]"
            >
              {segment.text}
            </span>
          ),
        )}
        {/* A last empty line has a height only with something in it. */}
        {'\u200b'}
      </div>
      <textarea
        {...rest}
        dir="auto"
        rows={1}
        value={value}
        onChange={(event) =>
          onChange(oneLine ? event.target.value.replace(/[\r\n]+/g, ' ') : event.target.value)
        }
        onKeyDown={(event) => {
          if (oneLine && event.key === 'Enter' && !event.nativeEvent.isComposing) {
            event.preventDefault()
          }
          rest.onKeyDown?.(event)
        }}
        className="absolute inset-0 size-full resize-none overflow-hidden rounded-md bg-transparent px-2.5 py-1.5 break-words whitespace-pre-wrap text-ink outline-none"
      />
    </div>
  )
}
