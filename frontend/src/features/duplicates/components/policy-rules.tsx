import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import type { MergeRule } from '@/api/contract'
import { IconButton } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import { RULES } from '@/features/duplicates/compare'
import { fieldName } from '@/features/duplicates/field-words'
import type { Policy } from '@/features/duplicates/policy-queries'

/** Fields that may have a rule of their own. */
const FIELDS = [
  'name',
  'title',
  'company',
  'email',
  'phone',
  'linkedin_url',
  'location',
  'country',
  'industry',
  'company_size',
  'content',
] as const

interface PolicyRulesProps {
  policy: Policy
  disabled: boolean
  onChange: (change: { rule?: MergeRule; rules?: Record<string, MergeRule> }) => void
}

/** Whose values a merge takes that nobody looks at: one rule for all, and others for single fields. */
export function PolicyRules({ policy, disabled, onChange }: PolicyRulesProps) {
  const { t } = useTranslation()
  const own = policy.rules as Record<string, MergeRule>
  const named = Object.keys(own).sort()
  const free = FIELDS.filter((field) => !(field in own))
  const without = (field: string) =>
    Object.fromEntries(Object.entries(own).filter(([name]) => name !== field))
  return (
    <div className="flex flex-col gap-3">
      <Field label={t('duplicate.rule.label')}>
        {(control) => (
          <Select<MergeRule>
            {...control}
            disabled={disabled}
            value={policy.rule}
            onChange={(rule) => onChange({ rule })}
            options={RULES.map((value) => ({ value, label: t(`duplicate.rule.${value}`) }))}
          />
        )}
      </Field>
      {named.length > 0 && (
        <ul className="flex flex-col gap-2">
          {named.map((field) => (
            <li key={field} className="flex items-center gap-2 text-sm">
              <span className="min-w-0 flex-1 truncate">{fieldName(t, field)}</span>
              <Select<MergeRule>
                small
                aria-label={t('duplicate.rule.of', { field: fieldName(t, field) })}
                disabled={disabled}
                value={own[field]!}
                onChange={(rule) => onChange({ rules: { ...own, [field]: rule } })}
                options={RULES.map((value) => ({
                  value,
                  label: t(`duplicate.rule.short.${value}`),
                }))}
                className="w-40"
              />
              <IconButton
                label={t('duplicate.policy.asOthers', { field: fieldName(t, field) })}
                disabled={disabled}
                onClick={() => onChange({ rules: without(field) })}
              >
                <X />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      {!disabled && free.length > 0 && (
        <Select
          small
          aria-label={t('duplicate.policy.another')}
          value=""
          onChange={(field) => {
            if (field) onChange({ rules: { ...own, [field]: 'most_trusted' } })
          }}
          options={[
            { value: '', label: t('duplicate.policy.another') },
            ...free.map((field) => ({ value: field, label: fieldName(t, field) })),
          ]}
          className="w-60 max-w-full"
        />
      )}
    </div>
  )
}
