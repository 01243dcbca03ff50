import { Minus, Plus } from 'lucide-react'
import { type ComponentProps, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { cn } from '@/utils/cn'
import { formatPlain, parseNumber } from '@/utils/number-text'

interface NumberInputProps extends Omit<
  ComponentProps<'input'>,
  'value' | 'onChange' | 'min' | 'max' | 'step' | 'type'
> {
  value: number | null
  onChange: (value: number | null) => void
  min?: number
  max?: number
  step?: number
  /** Words after the number: "USD", "per minute". */
  unit?: string
  /** Buttons for less and more. */
  steppers?: boolean
}

/**
 * A number as people type it, with their own decimal sign. What cannot be read
 * stays in sight and marked instead of silently becoming something else.
 */
export function NumberInput(props: NumberInputProps) {
  const { value, onChange, min, max, step = 1, unit, steppers, className, ...rest } = props
  const { t } = useTranslation()
  const [draft, setDraft] = useState<string | null>(null)
  const unreadable = draft !== null && draft.trim() !== '' && parseNumber(draft) === null

  const clamp = (n: number) => Math.min(max ?? Infinity, Math.max(min ?? -Infinity, n))
  const bump = (by: number) => {
    // Steps of 0.1 must not end in 0.30000000000000004.
    onChange(clamp(Number(((value ?? 0) + by).toPrecision(12))))
    setDraft(null)
  }
  return (
    <span className={cn('flex min-w-0 items-center gap-1', className)}>
      <span className="relative min-w-0 flex-1">
        <input
          {...rest}
          inputMode="decimal"
          autoComplete="off"
          role="spinbutton"
          aria-valuenow={value ?? undefined}
          aria-valuemin={min}
          aria-valuemax={max}
          aria-invalid={rest['aria-invalid'] || unreadable || undefined}
          value={draft ?? formatPlain(value)}
          onChange={(event) => {
            setDraft(event.target.value)
            const read = parseNumber(event.target.value)
            if (read !== null || event.target.value.trim() === '') onChange(read)
          }}
          onKeyDown={(event) => {
            rest.onKeyDown?.(event)
            if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
            event.preventDefault()
            bump(event.key === 'ArrowUp' ? step : -step)
          }}
          onBlur={(event) => {
            if (!unreadable) setDraft(null)
            rest.onBlur?.(event)
          }}
          className={cn('control num', unit && 'pe-[var(--unit)]')}
          style={unit ? ({ '--unit': `${unit.length + 2}ch` } as React.CSSProperties) : undefined}
        />
        {unit && (
          <span
            aria-hidden
            className="pointer-events-none absolute end-2.5 top-1/2 -translate-y-1/2 text-sm text-ink-3"
          >
            {unit}
          </span>
        )}
      </span>
      {steppers && (
        <>
          <Step label={t('ui.decrease')} disabled={rest.disabled} onClick={() => bump(-step)}>
            <Minus />
          </Step>
          <Step label={t('ui.increase')} disabled={rest.disabled} onClick={() => bump(step)}>
            <Plus />
          </Step>
        </>
      )}
    </span>
  )
}

// Not in the tab order: the arrow keys do the same in the input.
function Step({ label, ...rest }: ComponentProps<'button'> & { label: string }) {
  return (
    <button
      {...rest}
      type="button"
      tabIndex={-1}
      aria-label={label}
      className="flex size-[var(--control)] shrink-0 items-center justify-center rounded-md border border-line-strong bg-surface text-ink-2 not-disabled:hover:bg-hover disabled:opacity-50 pointer-coarse:size-11 [&_svg]:size-3.5"
    />
  )
}
