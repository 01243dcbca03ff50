import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Provenance } from '@/api/contract'
import { Button } from '@/components/ui/button'
import { Popover } from '@/components/ui/popover'
import { importNameQuery } from '@/features/leads/one/queries'
import { formatExact } from '@/utils/format'

const OPEN_MS = 350
const CLOSE_MS = 180

interface OriginCardProps {
  label: string
  from: Provenance
  nameOf: (userId: string | null) => string
  /** Takes another value that was seen; undefined where the viewer may not. */
  onUse?: (value: string) => void
  children?: ReactNode
}

/** A field's label that says, on hover, focus or press, where its value came from. */
export function OriginCard({ label, from, nameOf, onUse }: OriginCardProps) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<'no' | 'hovered' | 'pressed'>('no')
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const later = (next: 'no' | 'hovered', ms: number) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      // A card that nobody asked for must not close what somebody works in.
      if (next === 'hovered' && document.querySelector('[popover="auto"]')) return
      setOpen((now) => (now === 'pressed' ? now : next))
    }, ms)
  }
  const hover = {
    onPointerEnter: ({ pointerType }: { pointerType: string }) =>
      pointerType === 'mouse' && later('hovered', OPEN_MS),
    onPointerLeave: ({ pointerType }: { pointerType: string }) =>
      pointerType === 'mouse' && later('no', CLOSE_MS),
  }
  useEffect(() => () => clearTimeout(timer.current), [])
  const others = (from.others ?? []).filter((other) => other.value && other.value !== from.value)
  return (
    <Popover
      {...hover}
      open={open !== 'no'}
      onOpenChange={(next) => {
        clearTimeout(timer.current)
        setOpen(next ? 'pressed' : 'no')
      }}
      keepFocus={open === 'hovered'}
      label={t('origin.title', { field: label })}
      className="w-80 text-xs"
      trigger={
        <button
          type="button"
          {...hover}
          className="cursor-help text-start text-xs text-ink-3 underline decoration-line-strong decoration-dotted underline-offset-2 hover:text-ink-2"
        >
          {label}
          <span className="sr-only"> {t('origin.ask')}</span>
        </button>
      }
    >
      <p className="text-ink-3">{t('origin.title', { field: label })}</p>
      <Origin origin={from} nameOf={nameOf} />
      {others.length > 0 && (
        <>
          <p className="mt-3 border-t border-line pt-2 text-ink-3">{t('origin.others')}</p>
          <ul className="flex max-h-56 flex-col overflow-y-auto">
            {others.map((other) => (
              <li key={other.at + other.value} className="flex items-end gap-2">
                <Origin origin={other} nameOf={nameOf} />
                {onUse && (
                  <Button
                    size="sm"
                    onClick={() => {
                      setOpen('no')
                      onUse(other.value)
                    }}
                  >
                    {t('origin.use')}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </Popover>
  )
}

type Place = Pick<Provenance, 'value' | 'source' | 'actor_id' | 'import_id' | 'row' | 'at'>

function Origin({ origin, nameOf }: { origin: Place; nameOf: (id: string | null) => string }) {
  const { t } = useTranslation()
  const file = useQuery(importNameQuery(origin.import_id))
  const where = origin.import_id
    ? file.data || origin.source
    : origin.source === 'user' && origin.actor_id
      ? nameOf(origin.actor_id)
      : origin.source
  return (
    <div className="mt-1.5 min-w-0 flex-1">
      <p dir="auto" className="line-clamp-4 text-sm break-words">
        {origin.value}
      </p>
      <p className="break-words text-ink-2">
        {origin.row
          ? t('lead.fromRow', { source: where, row: origin.row })
          : t('lead.from', { source: where })}
        {' · '}
        {formatExact(origin.at)}
      </p>
    </div>
  )
}
