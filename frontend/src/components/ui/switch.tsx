interface SwitchProps {
  checked: boolean
  onCheckedChange: (checked: boolean) => void
  label: string
  disabled?: boolean
}

/** On or off, at once: for settings that need no "save". */
export function Switch({ checked, onCheckedChange, label, disabled }: SwitchProps) {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={checked}
      aria-label={label}
      disabled={disabled}
      onClick={() => onCheckedChange(!checked)}
      className="relative inline-flex h-4 w-7 shrink-0 items-center rounded-full bg-ink-3 px-0.5 transition-colors duration-100 after:absolute after:-inset-1.5 disabled:cursor-not-allowed disabled:opacity-50 aria-checked:bg-accent pointer-coarse:after:-inset-3.5"
    >
      <span
        data-on={checked || undefined}
        className="block size-3 rounded-full bg-surface transition-transform duration-100 data-on:translate-x-3 rtl:data-on:-translate-x-3"
      />
    </button>
  )
}
