import { Popover as Primitive } from 'radix-ui'
import type { ReactNode } from 'react'

import { usePortal } from '@/components/ui/portal'
import { cn } from '@/utils/cn'

export const POP_LOOK =
  'z-50 max-w-[calc(100vw-16px)] animate-rise rounded-lg border border-line bg-surface shadow-pop outline-none'

interface PopoverProps {
  trigger: ReactNode
  /** The name that a screen reader says on entering. */
  label: string
  open?: boolean
  onOpenChange?: (open: boolean) => void
  align?: 'start' | 'center' | 'end'
  side?: 'top' | 'bottom'
  className?: string
  children: ReactNode
}

/** A small panel beside what opened it; the trigger must take a ref. */
export function Popover(props: PopoverProps) {
  const { trigger, label, open, onOpenChange, align = 'start', side = 'bottom' } = props
  const container = usePortal()
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal container={container}>
        <Primitive.Content
          aria-label={label}
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          className={cn(
            POP_LOOK,
            'max-h-[var(--radix-popover-content-available-height)] overflow-y-auto p-3',
            props.className,
          )}
        >
          {props.children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}

/** Closes the popover around it when pressed. */
export const PopoverClose = Primitive.Close
