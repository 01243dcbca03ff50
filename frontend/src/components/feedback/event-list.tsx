import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { Time } from '@/components/ui/time'

interface EventItem {
  seq: number
  type: string
  at: string
  subject?: { kind: string; id: string }
}

interface EventListProps {
  events: readonly EventItem[]
  empty: string
  /** Where an event's subject can be looked at; null when nowhere. */
  href?: (subject: { kind: string; id: string }) => string | null
}

/** What happened, newest first, in words. */
export function EventList({ events, empty, href }: EventListProps) {
  const { t, i18n } = useTranslation()
  if (events.length === 0) return <p className="text-sm text-ink-2">{empty}</p>
  return (
    <ol className="flex flex-col">
      {events.map((event) => {
        const key = `event.${event.type.replaceAll('.', '_')}`
        const text = i18n.exists(key) ? t(key as never) : event.type.replace(/[._]/g, ' ')
        const to = event.subject && href?.(event.subject)
        return (
          <li key={event.seq} className="flex items-center gap-2.5 py-1 text-sm">
            <span aria-hidden className="size-1.5 shrink-0 rounded-full bg-line-strong" />
            {to ? (
              <Link to={to} className="hover:underline">
                {text}
              </Link>
            ) : (
              <span>{text}</span>
            )}
            <span className="ms-auto text-xs text-ink-3">
              <Time iso={event.at} />
            </span>
          </li>
        )
      })}
    </ol>
  )
}
