import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import { Tile } from '@/features/home/components/tile'
import { monthBudgetQuery } from '@/features/home/queries'
import { useCan } from '@/hooks/use-can'
import { formatMoney } from '@/utils/format'

/** What models cost this month, of its budget. */
export function CostTile({ micros }: { micros: number }) {
  const { t } = useTranslation()
  const can = useCan()
  const budgets = useQuery({ ...monthBudgetQuery, enabled: can('budgets.list') })
  const month = budgets.data?.items.find((each) => each.scope === 'month')
  const limit = month?.limit_micros
  return (
    <Tile
      to="/settings/budgets"
      label={t('home.cost')}
      value={formatMoney(micros, month?.currency)}
      note={
        month && limit != null
          ? t('home.costOf', { budget: formatMoney(limit, month.currency) })
          : t('home.costNote')
      }
      tone={limit != null && micros >= 0.8 * limit && limit > 0 ? 'warn' : undefined}
    />
  )
}
