import { Check, Minus } from 'lucide-react'
import { useEffect, useRef } from 'react'

import { cn } from '@/utils/cn'

interface CheckboxProps {
  checked: boolean | 'indeterminate'
  onCheckedChange: (checked: boolean) => void
  label: string
  /** Shows the label beside the box; otherwise it is the box's hidden name. */
  showLabel?: boolean
  disabled?: boolean
  tabIndex?: number
  className?: string
}

export function Checkbox(props: CheckboxProps) {
  const { checked, onCheckedChange, label, showLabel = false, disabled, className } = props
  const ref = useRef<HTMLInputElement>(null)
  const some = checked === 'indeterminate'

  // The browser knows "some of them" only as a property, and a press takes it away.
  useEffect(() => {
    if (ref.current) ref.current.indeterminate = some
  })

  const box = (
    <span
      className={cn(
        'relative inline-flex size-4 shrink-0 items-center justify-center',
        !showLabel && className,
      )}
    >
      <input
        ref={ref}
        type="checkbox"
        checked={checked === true}
        disabled={disabled}
        tabIndex={props.tabIndex}
        aria-label={label}
        onChange={(event) => onCheckedChange(event.target.checked)}
        className="peer size-4 shrink-0 cursor-pointer appearance-none rounded-sm border border-line-strong bg-surface transition-colors duration-100 after:absolute after:-inset-1.5 not-disabled:hover:border-ink-3 checked:border-accent checked:bg-accent indeterminate:border-accent indeterminate:bg-accent disabled:cursor-not-allowed disabled:opacity-50 pointer-coarse:after:-inset-3.5"
      />
      <span
        aria-hidden
        className="pointer-events-none absolute inset-0 flex items-center justify-center text-accent-ink [&_svg]:size-3"
      >
        {some ? <Minus strokeWidth={3} /> : checked && <Check strokeWidth={3} />}
      </span>
    </span>
  )
  if (!showLabel) return box
  return (
    <label
      className={cn(
        'inline-flex min-w-0 cursor-pointer items-center gap-2 text-sm pointer-coarse:min-h-11',
        className,
      )}
    >
      {box}
      <span className="min-w-0 break-words">{label}</span>
    </label>
  )
}
