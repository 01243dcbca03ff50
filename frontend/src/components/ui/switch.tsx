import { Switch as Primitive } from 'radix-ui'

interface SwitchProps {
  checked: boolean
  onCheckedChange: (checked: boolean) => void
  label: string
  disabled?: boolean
}

export function Switch({ checked, onCheckedChange, label, disabled }: SwitchProps) {
  return (
    <Primitive.Root
      checked={checked}
      onCheckedChange={onCheckedChange}
      disabled={disabled}
      aria-label={label}
      className="inline-flex h-4 w-7 shrink-0 items-center rounded-full bg-line-strong px-0.5 transition-colors duration-100 disabled:opacity-50 data-[state=checked]:bg-accent"
    >
      <Primitive.Thumb className="block size-3 rounded-full bg-surface transition-transform duration-100 data-[state=checked]:translate-x-3" />
    </Primitive.Root>
  )
}
