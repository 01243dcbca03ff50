import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { Time } from '@/components/ui/time'
import { gatherEvents, leadsOf, type RecentEvent } from '@/features/home/gather-events'
import { namesQuery } from '@/features/home/queries'
import { formatNumber } from '@/utils/format'

/** What belongs to the work; signing in and the like does not. */
const WORK = new Set(['lead', 'batch', 'import', 'message', 'profile', 'budget'])
const PLACES: Record<string, string> = { lead: '/leads', batch: '/batches', import: '/imports' }

/** What happened lately, the same kind gathered. */
export function RecentList({ events }: { events: readonly RecentEvent[] }) {
  const { t, i18n } = useTranslation()
  const work = events.filter(({ subject }) => WORK.has(subject.kind))
  const lines = gatherEvents(work)
  const names = useQuery(namesQuery(leadsOf(lines))).data
  if (work.length === 0) return <p className="text-sm text-ink-2">{t('home.recentNone')}</p>
  return (
    <ol className="flex flex-col">
      {lines.map(({ event, count }) => {
        const key = `event.${event.type.replaceAll('.', '_')}`
        const words = i18n.exists(key) ? t(key as never) : event.type.replace(/[._]/g, ' ')
        const place = PLACES[event.subject.kind]
        const name = count === 1 ? names?.get(event.subject.id) : undefined
        return (
          <li key={event.seq} className="flex min-h-7 items-center gap-2 text-sm">
            {place && count === 1 ? (
              <Link to={`${place}/${event.subject.id}`} className="truncate hover:underline">
                {words}
                {name && (
                  <span className="text-ink-2">
                    {' · '}
                    <bdi>{name}</bdi>
                  </span>
                )}
              </Link>
            ) : (
              <span className="truncate">{words}</span>
            )}
            {count > 1 && <span className="num text-ink-3">× {formatNumber(count)}</span>}
            <span className="ms-auto shrink-0 text-xs text-ink-3">
              <Time iso={event.at} />
            </span>
          </li>
        )
      })}
    </ol>
  )
}
