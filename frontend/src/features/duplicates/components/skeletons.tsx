import { Skeleton } from '@/components/ui/skeleton'

const ROWS = Array.from({ length: 8 }, (_, at) => at)

/** The queue, not read yet. */
export function QueueSkeleton() {
  return (
    <div aria-hidden>
      {ROWS.map((row) => (
        <div key={row} className="flex h-15 items-center gap-2.5 border-b border-line px-4">
          <span className="flex flex-1 flex-col gap-1.5">
            <Skeleton className="h-4 w-3/4" />
            <Skeleton className="h-3 w-1/2" />
          </span>
          <Skeleton className="h-5 w-12" />
        </div>
      ))}
    </div>
  )
}

/** A pair, not read yet. */
export function PairSkeleton() {
  return (
    <div aria-hidden className="flex flex-col gap-4 p-4 sm:px-6">
      <Skeleton className="h-5 w-56" />
      <Skeleton className="h-28 w-full" />
      <div className="flex flex-col gap-2">
        {ROWS.map((row) => (
          <Skeleton key={row} className="h-8 w-full" />
        ))}
      </div>
    </div>
  )
}
