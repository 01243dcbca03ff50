import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { GRADE_BG, GradeChip } from '@/components/ui/grade-chip'
import { type Grade, GRADES } from '@/types/grade'
import { cn } from '@/utils/cn'
import { formatNumber } from '@/utils/format'

/** How many leads have each grade; bars start at zero, each opens its leads. */
export function GradeBars({ grades }: { grades: Partial<Record<Grade, number>> }) {
  const { t } = useTranslation()
  const most = Math.max(0, ...GRADES.map((grade) => grades[grade] ?? 0))
  if (most === 0) return <p className="text-sm text-ink-2">{t('home.gradesNone')}</p>
  return (
    <ul className="flex flex-col gap-1">
      {GRADES.map((grade) => {
        const count = grades[grade] ?? 0
        return (
          <li key={grade}>
            <Link
              to={`/leads?grade=${encodeURIComponent(grade)}`}
              className="-mx-2 grid h-8 grid-cols-[32px_1fr_56px] items-center gap-2 rounded-md px-2 hover:bg-hover"
            >
              <GradeChip grade={grade} />
              <span className="h-2.5">
                <span
                  className={cn(
                    'block h-full rounded-sm',
                    count > 0 && 'min-w-px',
                    GRADE_BG[grade],
                  )}
                  style={{ width: `${(100 * count) / most}%` }}
                />
              </span>
              <span className="num text-end">{formatNumber(count)}</span>
            </Link>
          </li>
        )
      })}
    </ul>
  )
}
