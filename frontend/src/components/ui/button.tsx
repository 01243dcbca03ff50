import type { ComponentProps, ReactNode } from 'react'
import { Link } from 'react-router'

import { cn } from '@/utils/cn'

type Variant = 'primary' | 'default' | 'ghost' | 'danger'

const BASE =
  'inline-flex max-w-full shrink-0 items-center justify-center gap-1.5 rounded-md border text-sm font-medium whitespace-nowrap transition-colors duration-100 select-none disabled:cursor-not-allowed disabled:opacity-50 pointer-coarse:min-h-11 [&_svg]:size-4 [&_svg]:shrink-0'

const VARIANTS: Record<Variant, string> = {
  primary: 'border-transparent bg-accent text-accent-ink not-disabled:hover:bg-accent-hover',
  default: 'border-line-strong bg-surface text-ink not-disabled:hover:bg-hover',
  ghost: 'border-transparent text-ink-2 not-disabled:hover:bg-hover not-disabled:hover:text-ink',
  danger: 'border-transparent bg-bad text-bad-ink not-disabled:hover:bg-bad-hover',
}

interface Look {
  variant?: Variant
  size?: 'sm' | 'md'
  icon?: ReactNode
  /** On a phone only the icon shows; the words stay for screen readers. */
  iconOnPhone?: boolean
}

function Words({ hide, children }: { hide?: boolean; children: ReactNode }) {
  const words =
    typeof children === 'string' ? <span className="truncate">{children}</span> : children
  return hide ? <span className="max-sm:sr-only">{words}</span> : words
}

function look({ variant = 'default', size = 'md' }: Look, extra?: string): string {
  return cn(BASE, VARIANTS[variant], size === 'sm' ? 'h-7 px-2' : 'h-8 px-3', extra)
}

type ButtonProps = ComponentProps<'button'> & Look & { busy?: boolean }

/** A button with words. `busy` keeps its size, blocks a second press and says so. */
export function Button({
  variant,
  size,
  icon,
  iconOnPhone,
  busy,
  className,
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      disabled={rest.disabled || busy}
      aria-busy={busy || undefined}
      className={look({ variant, size }, cn(busy && 'animate-skeleton', className))}
    >
      {icon}
      <Words hide={iconOnPhone}>{children}</Words>
    </button>
  )
}

/** A link that looks like a button. */
export function ButtonLink({
  variant,
  size,
  icon,
  iconOnPhone,
  className,
  children,
  ...rest
}: ComponentProps<typeof Link> & Look) {
  return (
    <Link {...rest} className={look({ variant, size }, className)}>
      {icon}
      <Words hide={iconOnPhone}>{children}</Words>
    </Link>
  )
}

/** A square button with an icon; `label` is its name for screen readers and its tooltip. */
export function IconButton({
  label,
  className,
  children,
  ...rest
}: ComponentProps<'button'> & { label: string }) {
  return (
    <button
      type="button"
      title={label}
      aria-label={label}
      {...rest}
      className={cn(
        'inline-flex size-7 shrink-0 items-center justify-center rounded-md text-ink-2 transition-colors duration-100 not-disabled:hover:bg-hover not-disabled:hover:text-ink disabled:cursor-not-allowed disabled:opacity-40 pointer-coarse:size-11 [&_svg]:size-4',
        className,
      )}
    >
      {children}
    </button>
  )
}
