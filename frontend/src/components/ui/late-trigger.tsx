import { cloneElement, isValidElement, type ReactElement, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { toast } from '@/components/feedback/toast'

interface LateTriggerProps {
  trigger: ReactNode
  popup: 'menu' | 'dialog'
  want: () => Promise<void>
  /** Called before what was asked for is drawn. */
  onAsked: () => void
}

interface Handlers {
  onClick?: (event: unknown) => void
}

/** A trigger whose popup's code is fetched at the first sign of interest and opened when pressed. */
export function LateTrigger({ trigger, popup, want, onAsked }: LateTriggerProps) {
  const { t } = useTranslation()
  const [waiting, setWaiting] = useState(false)
  if (!isValidElement(trigger)) return trigger
  const element = trigger as ReactElement<Handlers>
  const ahead = () => void want().catch(() => undefined) // The press itself reports a failure.
  const open = async () => {
    if (waiting) return
    setWaiting(true)
    onAsked()
    try {
      await want()
    } catch {
      toast({ tone: 'bad', title: t('error.offline') })
    } finally {
      setWaiting(false)
    }
  }
  return (
    <span className="contents" onPointerEnter={ahead}>
      {cloneElement(element as ReactElement<Record<string, unknown>>, {
        'aria-haspopup': popup,
        'aria-expanded': false,
        'aria-busy': waiting || undefined,
        onClick: (event: unknown) => {
          element.props.onClick?.(event)
          void open()
        },
      })}
    </span>
  )
}
