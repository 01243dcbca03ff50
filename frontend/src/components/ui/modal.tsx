import { X } from 'lucide-react'
import { type ReactNode, useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { IconButton } from '@/components/ui/button'
import { PortalContext } from '@/components/ui/portal'

export interface ModalProps {
  open: boolean
  onClose: () => void
  title: string
  description?: ReactNode
  /** Defaults to "Close". */
  closeLabel?: string
  footer?: ReactNode
  /** Escape and a press outside do nothing: what is in it must be answered. */
  firm?: boolean
  children?: ReactNode
}

/**
 * What a dialog and a sheet share, on the browser's own <dialog>: it traps
 * focus, makes the rest inert and closes on Escape without injecting styles,
 * which the page's content security policy would refuse.
 */
export function Modal(props: ModalProps & { className: string }) {
  const { open, onClose, title, description, closeLabel, footer, firm, children } = props
  const { t } = useTranslation()
  const [dialog, setDialog] = useState<HTMLDialogElement | null>(null)
  const titleId = useId()

  useEffect(() => {
    if (!dialog) return
    if (open && !dialog.open) dialog.showModal()
    if (!open && dialog.open) dialog.close()
  }, [dialog, open])

  return (
    <dialog
      ref={setDialog}
      aria-labelledby={titleId}
      // Events bubble through React from dialogs and inputs inside.
      onClose={(event) => event.target === dialog && onClose()}
      onCancel={(event) => event.target === dialog && firm && event.preventDefault()}
      onPointerDown={(event) => {
        if (event.target === dialog && !firm) onClose()
      }}
      className={props.className}
    >
      {open && (
        <PortalContext value={dialog}>
          <div className="flex min-h-0 w-full flex-col">
            <header className="flex items-start gap-2 border-b border-line px-4 py-3">
              <div className="min-w-0 flex-1">
                <h2 id={titleId} className="text-base font-semibold break-words">
                  {title}
                </h2>
                {description && (
                  <div className="mt-0.5 text-sm break-words text-ink-2">{description}</div>
                )}
              </div>
              {!firm && (
                <IconButton
                  label={closeLabel ?? t('common.close')}
                  onClick={onClose}
                  className="-my-1 -me-1"
                >
                  <X />
                </IconButton>
              )}
            </header>
            {children && <Body>{children}</Body>}
            {footer && (
              <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-4 py-3">
                {footer}
              </footer>
            )}
          </div>
        </PortalContext>
      )}
    </dialog>
  )
}

/** The part that scrolls where there is too little room; then the keyboard reaches it too. */
function Body({ children }: { children: ReactNode }) {
  const [body, setBody] = useState<HTMLElement | null>(null)
  const [scrolls, setScrolls] = useState(false)
  useEffect(() => {
    if (!body) return
    const look = () => setScrolls(body.scrollHeight > body.clientHeight)
    look()
    const sizes = new ResizeObserver(look)
    for (const part of [body, ...body.children]) sizes.observe(part)
    return () => sizes.disconnect()
  }, [body, children])
  return (
    <div
      ref={setBody}
      tabIndex={scrolls ? 0 : undefined}
      className="min-h-0 flex-1 overflow-y-auto px-4 py-4"
    >
      {children}
    </div>
  )
}
