import { ChevronDown } from 'lucide-react'
import type { ComponentProps } from 'react'

import { cn } from '@/utils/cn'

export interface Option<T extends string = string> {
  value: T
  label: string
  disabled?: boolean
}

export interface OptionGroup<T extends string = string> {
  label: string
  options: readonly Option<T>[]
}

interface SelectProps<T extends string> extends Omit<
  ComponentProps<'select'>,
  'value' | 'onChange' | 'children' | 'size' | 'multiple'
> {
  value: T | ''
  onChange: (value: T) => void
  options: readonly (Option<T> | OptionGroup<T>)[]
  /** Shown while nothing is chosen. */
  placeholder?: string
  /** A low one for tool bars. */
  small?: boolean
}

/**
 * One of a few. The browser's own select: it works by keyboard and touch as
 * people know it. For long or searched lists there is Combobox.
 */
export function Select<T extends string>(props: SelectProps<T>) {
  const { value, onChange, options, placeholder, small, className, ...rest } = props
  return (
    <span className={cn('relative inline-flex max-w-full min-w-0', className ?? 'w-full')}>
      <select
        {...rest}
        value={value}
        onChange={(event) => onChange(event.target.value as T)}
        className={cn(
          'control appearance-none truncate ps-2.5 pe-8',
          small && 'control-sm',
          value === '' && 'text-ink-3',
        )}
      >
        {placeholder !== undefined && (
          <option value="" disabled hidden>
            {placeholder}
          </option>
        )}
        {options.map((item) =>
          'options' in item ? (
            <optgroup key={item.label} label={item.label}>
              {item.options.map((option) => (
                <Choice key={option.value} option={option} />
              ))}
            </optgroup>
          ) : (
            <Choice key={item.value} option={item} />
          ),
        )}
      </select>
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute end-2.5 top-1/2 size-4 -translate-y-1/2 text-ink-3"
      />
    </span>
  )
}

function Choice({ option }: { option: Option }) {
  return (
    <option value={option.value} disabled={option.disabled} className="bg-surface text-ink">
      {option.label}
    </option>
  )
}
