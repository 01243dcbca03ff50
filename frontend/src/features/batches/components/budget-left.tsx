import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import { Progress } from '@/components/ui/progress'
import { budgetsLeftQuery } from '@/features/batches/queries'
import { useCan } from '@/hooks/use-can'
import { formatMoney } from '@/utils/format'

/** What the day and the month have left to spend, each with its bar. */
export function BudgetLeft() {
  const { t } = useTranslation()
  const can = useCan()
  const budgets = useQuery({ ...budgetsLeftQuery, enabled: can('budgets.list') })
  const bounded = budgets.data?.items.filter((each) => each.limit_micros !== null) ?? []
  if (bounded.length === 0) return null
  return (
    <dl className="num grid gap-x-6 gap-y-2 sm:grid-cols-2">
      {bounded.map((each) => {
        const limit = each.limit_micros ?? 0
        const used = each.spent_micros + each.reserved_micros
        const words = t('batch.leftOf', {
          left: formatMoney(Math.max(0, limit - used), each.currency),
          limit: formatMoney(limit, each.currency),
        })
        const label = each.scope === 'day' ? t('batch.today') : t('batch.month')
        return (
          <div key={each.scope} className="grid grid-cols-[auto_1fr] gap-x-2 gap-y-1 text-xs">
            <dt className="text-ink-2">{label}</dt>
            <dd className="text-end">{words}</dd>
            <dd className="col-span-2">
              <Progress
                value={used}
                max={Math.max(1, limit)}
                label={label}
                text={words}
                tone={used >= limit ? 'bad' : used > 0.8 * limit ? 'warn' : 'accent'}
              />
            </dd>
          </div>
        )
      })}
    </dl>
  )
}
