import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { Panel } from '@/components/layout/panel'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { SkeletonLines } from '@/components/ui/skeleton'
import { byDay } from '@/features/leads/one/timeline-days'
import { useTimelineWords } from '@/features/leads/one/use-timeline-words'
import { timelineQuery } from '@/features/leads/queries'
import { useNow } from '@/hooks/use-now'
import { formatClock, formatDay, formatExact } from '@/utils/format'

interface LeadTimelineProps {
  leadId: string
  nameOf: (userId: string | null) => string
}

const FIRST = 12

/** What happened to a lead, day by day, newest first. */
export function LeadTimeline({ leadId, nameOf }: LeadTimelineProps) {
  const { t } = useTranslation()
  const say = useTimelineWords(nameOf)
  const timeline = useQuery(timelineQuery(leadId))
  const [all, setAll] = useState(false)
  const now = useNow()
  const events = timeline.data?.items
  const days = useMemo(
    () => byDay(all ? (events ?? []) : (events ?? []).slice(0, FIRST)),
    [events, all],
  )
  const today = new Date(now).setHours(0, 0, 0, 0)
  const dayName = (start: number) => {
    const ago = Math.round((today - start) / 86_400_000)
    if (ago === 0) return t('timeline.today')
    if (ago === 1) return t('timeline.yesterday')
    return formatDay(new Date(start).toISOString())
  }
  return (
    <Panel title={t('lead.timeline')}>
      {timeline.error ? (
        <ErrorState problem={toProblem(timeline.error)} onRetry={() => void timeline.refetch()} />
      ) : !events ? (
        <SkeletonLines />
      ) : events.length === 0 ? (
        <p className="text-sm text-ink-2">{t('lead.noTimeline')}</p>
      ) : (
        <>
          {days.map((day) => (
            <section key={day.start} className="not-first:mt-4">
              <h3 className="text-xs font-medium text-ink-3">{dayName(day.start)}</h3>
              <ol className="mt-1 flex flex-col">
                {day.happenings.map(({ event, times }) => (
                  <li key={event.seq} className="flex items-baseline gap-2 py-1 text-sm">
                    <time
                      dateTime={event.at}
                      title={formatExact(event.at)}
                      className="num w-14 shrink-0 text-xs text-ink-3"
                    >
                      {formatClock(event.at)}
                    </time>
                    <bdi className="min-w-0 break-words">{say(event)}</bdi>
                    {times > 1 && (
                      <span className="shrink-0">
                        <Badge>{t('timeline.times', { count: times })}</Badge>
                      </span>
                    )}
                  </li>
                ))}
              </ol>
            </section>
          ))}
          {!all && events.length > FIRST && (
            <Button size="sm" className="mt-3" onClick={() => setAll(true)}>
              {t('timeline.older', { count: events.length - FIRST })}
            </Button>
          )}
        </>
      )}
    </Panel>
  )
}
