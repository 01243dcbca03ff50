import type { Grade } from '@/types/grade'
import { cn } from '@/utils/cn'

export const GRADE_BG: Record<Grade, string> = {
  'A+': 'bg-grade-aplus',
  A: 'bg-grade-a',
  B: 'bg-grade-b',
  C: 'bg-grade-c',
  D: 'bg-grade-d',
}

interface GradeChipProps {
  grade: Grade | null | undefined
  size?: 'sm' | 'lg'
}

/** The grade as a solid chip: colour and letter, never colour alone. */
export function GradeChip({ grade, size = 'sm' }: GradeChipProps) {
  const shape =
    size === 'lg' ? 'h-10 min-w-12 rounded-md px-2 text-xl' : 'h-5 min-w-7 rounded-sm px-1 text-xs'
  if (!grade) {
    return (
      <span
        className={cn(
          shape,
          'inline-flex items-center justify-center border border-dashed border-line-strong text-ink-3',
        )}
      >
        –
      </span>
    )
  }
  return (
    <span
      dir="ltr"
      className={cn(
        shape,
        'inline-flex items-center justify-center font-semibold text-grade-ink',
        GRADE_BG[grade],
      )}
    >
      {grade}
    </span>
  )
}
