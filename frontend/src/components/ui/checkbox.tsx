import { Check, Minus } from 'lucide-react'
import { Checkbox as Primitive } from 'radix-ui'

import { cn } from '@/utils/cn'

interface CheckboxProps {
  checked: boolean | 'indeterminate'
  onCheckedChange: (checked: boolean) => void
  label: string
  /** Shows the label beside the box; otherwise it is the box's hidden name. */
  showLabel?: boolean
  disabled?: boolean
  className?: string
}

export function Checkbox(props: CheckboxProps) {
  const { checked, onCheckedChange, label, showLabel = false, disabled, className } = props
  const box = (
    <Primitive.Root
      checked={checked}
      onCheckedChange={(value) => onCheckedChange(value === true)}
      disabled={disabled}
      aria-label={label}
      className={cn(
        'inline-flex size-4 shrink-0 items-center justify-center rounded-sm border border-line-strong bg-surface text-accent-ink transition-colors duration-100 hover:border-ink-3 disabled:opacity-50 data-[state=checked]:border-accent data-[state=checked]:bg-accent data-[state=indeterminate]:border-accent data-[state=indeterminate]:bg-accent',
        !showLabel && className,
      )}
    >
      <Primitive.Indicator className="[&_svg]:size-3">
        {checked === 'indeterminate' ? <Minus strokeWidth={3} /> : <Check strokeWidth={3} />}
      </Primitive.Indicator>
    </Primitive.Root>
  )
  if (!showLabel) return box
  return (
    <label
      className={cn(
        'inline-flex cursor-pointer items-center gap-2 text-sm pointer-coarse:min-h-11',
        className,
      )}
    >
      {box}
      {label}
    </label>
  )
}
