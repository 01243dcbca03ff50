import { Tooltip as Primitive } from 'radix-ui'
import type { ReactNode } from 'react'

import { usePortal } from '@/components/ui/portal'

const DELAY_MS = 300

/** Words shown while the child is hovered or focused; the child must take a ref. */
export function Tooltip({ content, children }: { content: ReactNode; children: ReactNode }) {
  const container = usePortal()
  return (
    <Primitive.Provider delayDuration={DELAY_MS}>
      <Primitive.Root>
        <Primitive.Trigger asChild>{children}</Primitive.Trigger>
        <Primitive.Portal container={container}>
          <Primitive.Content
            sideOffset={4}
            collisionPadding={8}
            className="z-50 max-w-80 animate-rise rounded-md border border-line bg-surface px-2.5 py-1.5 text-xs break-words text-ink shadow-pop"
          >
            {content}
          </Primitive.Content>
        </Primitive.Portal>
      </Primitive.Root>
    </Primitive.Provider>
  )
}
