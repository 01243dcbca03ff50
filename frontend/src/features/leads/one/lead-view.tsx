import type { ReactNode } from 'react'

import { Skeleton } from '@/components/ui/skeleton'
import { useMedia } from '@/hooks/use-media'
import { cn } from '@/utils/cn'

interface LeadViewProps {
  who: ReactNode
  text: ReactNode
  timeline: ReactNode
  score: ReactNode
  message: ReactNode
}

/**
 * Who, what they said, what follows from it: three columns that scroll on
 * their own where there is room, two below 1280 px, one on a phone.
 */
export function LeadView({ who, text, timeline, score, message }: LeadViewProps) {
  const three = useMedia('(min-width: 1280px)')
  return (
    <div className="min-h-0 flex-1 overflow-y-auto lg:overflow-hidden" data-keep-scroll="lead">
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4 p-4 lg:h-full lg:grid-cols-[minmax(0,1fr)_minmax(320px,376px)] lg:gap-0 lg:p-0 xl:grid-cols-[288px_minmax(0,1fr)_372px] 2xl:grid-cols-[340px_minmax(0,1fr)_460px]">
        {three && (
          <Column name="who" className="border-e">
            {who}
          </Column>
        )}
        <Column name="text" className="max-lg:contents">
          <div className="max-lg:order-2">{text}</div>
          {!three && <div className="max-lg:order-4">{who}</div>}
          <div className="max-lg:order-5">{timeline}</div>
        </Column>
        <Column name="score" className="max-lg:contents lg:border-s">
          <div className="max-lg:order-1">{score}</div>
          <div className="max-lg:order-3">{message}</div>
        </Column>
      </div>
    </div>
  )
}

interface ColumnProps {
  name: string
  className: string
  children: ReactNode
}

function Column({ name, className, children }: ColumnProps) {
  return (
    <div
      data-keep-scroll={name}
      className={cn(
        'flex min-w-0 flex-col gap-4 border-line lg:h-full lg:overflow-y-auto lg:p-4',
        className,
      )}
    >
      {children}
    </div>
  )
}

export function LeadPageSkeleton() {
  return (
    <div className="flex min-h-0 flex-1 flex-col" aria-hidden>
      <div className="flex h-12 items-center gap-3 border-b border-line px-6">
        <Skeleton className="h-5 w-7" />
        <Skeleton className="h-5 w-56" />
      </div>
      <div className="grid gap-4 p-4 lg:grid-cols-[minmax(0,1fr)_minmax(288px,344px)] lg:gap-8 xl:grid-cols-[256px_minmax(0,1fr)_340px] 2xl:grid-cols-[308px_minmax(0,1fr)_428px]">
        <Skeleton className="h-[520px] rounded-lg max-xl:hidden" />
        <Skeleton className="h-72 rounded-lg max-lg:order-2" />
        <Skeleton className="h-[520px] rounded-lg" />
      </div>
    </div>
  )
}
