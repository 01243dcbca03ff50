import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import type { Lead } from '@/api/contract'
import { InlineEdit } from '@/components/ui/inline-edit'
import { FactRow } from '@/features/leads/one/fact'
import { workspaceQuery } from '@/features/leads/one/queries'
import type { LeadEdit } from '@/features/leads/one/use-lead-edit'
import { formatMoney } from '@/utils/format'

const MICROS = 1_000_000

interface ValueFieldProps {
  lead: Lead
  edit: LeadEdit
  editable: boolean
}

/** What the lead may be worth, in the workspace's currency. */
export function ValueField({ lead, edit, editable }: ValueFieldProps) {
  const { t } = useTranslation()
  const workspace = useQuery(workspaceQuery)
  const micros = lead.value_micros
  if (micros === null && !editable) return null
  const text = micros === null ? '' : String(micros / MICROS)
  return (
    <FactRow label={t('lead.value')}>
      <InlineEdit
        label={t('lead.value')}
        value={text}
        placeholder={t('lead.emptyField')}
        disabled={!editable}
        check={(next) => (readAmount(next) === undefined ? t('lead.valueFault') : null)}
        onSave={(next) => edit.save({ value_micros: readAmount(next) ?? null }, t('lead.value'))}
      >
        {micros === null ? undefined : (
          <span className="num">{formatMoney(micros, workspace.data?.currency)}</span>
        )}
      </InlineEdit>
    </FactRow>
  )
}

/** An amount in micro-units; null for an empty text, undefined for one that is no amount. */
export function readAmount(text: string): number | null | undefined {
  const bare = text.replace(/[\s_']/g, '')
  if (bare === '') return null
  if (!/^\d{1,9}([.,]\d{1,2})?$/.test(bare)) return undefined
  return Math.round(Number(bare.replace(',', '.')) * MICROS)
}
