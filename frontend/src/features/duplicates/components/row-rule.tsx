import { useTranslation } from 'react-i18next'

import type { MergeRule } from '@/api/contract'
import { Select } from '@/components/ui/select'
import { choosable, type Row, RULES, type Wish, withRule } from '@/features/duplicates/compare'
import { fieldName } from '@/features/duplicates/field-words'

const HAND = 'hand'

interface RowRuleProps {
  row: Row
  wish: Wish
  onChange: (wish: Wish) => void
}

/** By which rule a field's value is chosen, where the leads disagree. */
export function RowRule({ row, wish, onChange }: RowRuleProps) {
  const { t } = useTranslation()
  if (row.kind !== 'clash') return null
  if (!choosable(row.field)) {
    return (
      <span className="mt-1 block text-2xs">{t(`duplicate.united.${row.field}` as never)}</span>
    )
  }
  const hand = row.field in wish.picks
  return (
    <Select<MergeRule | typeof HAND>
      small
      aria-label={t('duplicate.rule.of', { field: fieldName(t, row.field) })}
      value={hand ? HAND : (wish.rules[row.field] ?? wish.rule)}
      onChange={(rule) => {
        if (rule !== HAND) onChange(withRule(wish, row.field, rule))
      }}
      options={[
        ...(hand ? [{ value: HAND, label: t('duplicate.rule.hand') } as const] : []),
        ...RULES.map((value) => ({ value, label: t(`duplicate.rule.short.${value}`) })),
      ]}
      className="mt-1 w-full max-md:mb-2"
    />
  )
}
