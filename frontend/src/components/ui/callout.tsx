import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'

import { cn } from '@/utils/cn'

type CalloutTone = 'info' | 'good' | 'warn' | 'bad'

const LOOK: Record<CalloutTone, { box: string; icon: ReactNode }> = {
  info: { box: 'border-line bg-sunken', icon: <Info className="text-ink-2" /> },
  good: { box: 'border-good/30 bg-good-soft', icon: <CircleCheck className="text-good" /> },
  warn: { box: 'border-warn/30 bg-warn-soft', icon: <TriangleAlert className="text-warn" /> },
  bad: { box: 'border-bad/30 bg-bad-soft', icon: <CircleAlert className="text-bad" /> },
}

interface CalloutProps {
  tone?: CalloutTone
  title?: ReactNode
  /** Read out at once, for what has just come up. */
  alert?: boolean
  action?: ReactNode
  className?: string
  children?: ReactNode
}

/** A remark that belongs to the place it stands in. */
export function Callout({
  tone = 'info',
  title,
  alert,
  action,
  className,
  children,
}: CalloutProps) {
  return (
    <div
      role={alert ? 'alert' : undefined}
      className={cn(
        'flex flex-wrap items-start gap-x-2.5 gap-y-2 rounded-md border px-3 py-2.5 text-sm',
        LOOK[tone].box,
        className,
      )}
    >
      <span aria-hidden className="mt-0.5 shrink-0 [&_svg]:size-4">
        {LOOK[tone].icon}
      </span>
      <div className="min-w-0 flex-1 basis-40 break-words">
        {title && <p className="font-medium">{title}</p>}
        {children && <div className="text-ink-2">{children}</div>}
      </div>
      {action && <div className="flex shrink-0 flex-wrap gap-2">{action}</div>}
    </div>
  )
}
