import { X } from 'lucide-react'
import { type ReactNode, useEffect, useId, useRef } from 'react'

import { IconButton } from '@/components/ui/button'
import { cn } from '@/utils/cn'

interface DialogProps {
  open: boolean
  onClose: () => void
  title: string
  description?: ReactNode
  closeLabel: string
  footer?: ReactNode
  wide?: boolean
  children?: ReactNode
}

/**
 * A modal dialog on the browser's own <dialog>: it traps focus, makes the rest
 * inert and closes on Escape without injecting styles, which the page's
 * content security policy would refuse.
 */
export function Dialog(props: DialogProps) {
  const { open, onClose, title, description, closeLabel, footer, wide, children } = props
  const ref = useRef<HTMLDialogElement>(null)
  const titleId = useId()

  useEffect(() => {
    const dialog = ref.current
    if (!dialog) return
    if (open && !dialog.open) dialog.showModal()
    if (!open && dialog.open) dialog.close()
  }, [open])

  return (
    <dialog
      ref={ref}
      aria-labelledby={titleId}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === ref.current) onClose()
      }}
      className={cn(
        'max-h-[min(720px,calc(100dvh-24px))] w-[calc(100vw-24px)] overflow-hidden rounded-lg border border-line bg-surface p-0 shadow-pop open:flex open:animate-rise',
        wide ? 'max-w-2xl' : 'max-w-md',
      )}
    >
      {open && (
        <div className="flex min-h-0 w-full flex-col">
          <header className="flex items-start gap-2 border-b border-line px-4 py-3">
            <div className="min-w-0 flex-1">
              <h2 id={titleId} className="text-base font-semibold">
                {title}
              </h2>
              {description && <p className="mt-0.5 text-sm text-ink-2">{description}</p>}
            </div>
            <IconButton label={closeLabel} onClick={onClose}>
              <X />
            </IconButton>
          </header>
          {children && <div className="min-h-0 flex-1 overflow-y-auto px-4 py-4">{children}</div>}
          {footer && (
            <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-4 py-3">
              {footer}
            </footer>
          )}
        </div>
      )}
    </dialog>
  )
}
