import { type ReactNode, useId } from 'react'

import { cn } from '@/utils/cn'

interface SegmentedProps<T extends string> {
  value: T
  onChange: (value: T) => void
  label: string
  options: readonly { value: T; label: string; icon?: ReactNode; disabled?: boolean }[]
  /** Only the icons show; the words stay for screen readers and on hover. */
  iconsOnly?: boolean
  disabled?: boolean
  className?: string
}

/** One of two to five, all in sight. Radio buttons beneath, so arrow keys work. */
export function Segmented<T extends string>(props: SegmentedProps<T>) {
  const { value, onChange, label, options, iconsOnly, disabled } = props
  const name = useId()
  return (
    <div
      role="radiogroup"
      aria-label={label}
      className={cn(
        'inline-flex max-w-full overflow-x-auto rounded-md border border-line-strong bg-sunken p-0.5',
        props.className,
      )}
    >
      {options.map((option) => (
        <label
          key={option.value}
          title={iconsOnly ? option.label : undefined}
          className={cn(
            'relative flex h-[calc(var(--control)-6px)] grow cursor-pointer items-center justify-center gap-1.5 rounded-[4px] border border-transparent px-2.5 text-sm whitespace-nowrap text-ink-2 transition-colors duration-100 hover:text-ink has-checked:border-line has-checked:bg-surface has-checked:font-medium has-checked:text-ink has-disabled:cursor-not-allowed has-disabled:opacity-50 has-focus-visible:outline-2 has-focus-visible:outline-focus pointer-coarse:h-10 pointer-coarse:min-w-11 [&_svg]:size-4',
          )}
        >
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            disabled={disabled || option.disabled}
            onChange={() => onChange(option.value)}
            className="absolute inset-0 cursor-[inherit] opacity-0"
          />
          {option.icon}
          <span className={iconsOnly ? 'sr-only' : ''}>{option.label}</span>
        </label>
      ))}
    </div>
  )
}
