import type { BreakdownRow } from '@/api/contract'
import { partLook } from '@/features/qualification/part-look'
import { useWords } from '@/features/qualification/use-words'
import { cn } from '@/utils/cn'
import { tidyPoints } from '@/features/qualification/points'

/** The parts side by side on a scale of 100. */
export function StackedScore({ rows }: { rows: readonly BreakdownRow[] }) {
  const words = useWords()
  return (
    <div aria-hidden className="mt-3 flex h-2.5 overflow-hidden rounded-sm bg-line">
      {rows
        .filter((row) => row.points > 0)
        .map((row) => (
          <span
            key={row.part}
            title={`${words.part(row.part)}: ${tidyPoints(row.points)}`}
            style={{ width: `${row.points}%` }}
            className={cn(
              'border-e border-surface transition-[width] duration-150 last:border-e-0',
              partLook(row.part).solid,
            )}
          />
        ))}
    </div>
  )
}
