import { useNow } from '@/hooks/use-now'
import { formatExact, formatRelative } from '@/utils/format'

/** A relative time with the exact one on hover. */
export function Time({ iso }: { iso: string | null | undefined }) {
  const now = useNow()
  if (!iso) return <span className="text-ink-3">–</span>
  return (
    <time dateTime={iso} title={formatExact(iso)} className="whitespace-nowrap">
      {formatRelative(iso, now)}
    </time>
  )
}
