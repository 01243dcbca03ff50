import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import type { MergeRecord } from '@/api/contract'
import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Switch } from '@/components/ui/switch'
import { AutomaticList } from '@/features/duplicates/components/automatic-list'
import { wholePercent } from '@/features/duplicates/components/policy-line'
import { PolicyRules } from '@/features/duplicates/components/policy-rules'
import { type Policy, policyQuery, useDecide } from '@/features/duplicates/policy-queries'
import { useCan } from '@/hooks/use-can'
import { useOnce } from '@/hooks/use-once'
import { formatNumber } from '@/utils/format'

interface PolicyDialogProps {
  open: boolean
  nameOf: (userId: string | null) => string
  onUndo: (merge: MergeRecord) => void
  onClose: () => void
}

/** Whether pairs beyond doubt are merged without a person's word, by which rules, and what was merged so. */
export function PolicyDialog({ open, ...rest }: PolicyDialogProps) {
  const { data } = useQuery({ ...policyQuery, enabled: open })
  return open && data && <Form policy={data} {...rest} />
}

function Form({
  policy,
  nameOf,
  onUndo,
  onClose,
}: Omit<PolicyDialogProps, 'open'> & { policy: Policy }) {
  const { t } = useTranslation()
  const can = useCan()
  const once = useOnce()
  const decide = useDecide()
  const decides = can('duplicates.decide')
  const change = once((body: Partial<Pick<Policy, 'merge_sure' | 'rule' | 'rules'>>) =>
    // The fault is shown below.
    decide.mutateAsync({ version: policy.version, ...body }).catch(() => undefined),
  )
  const label = t('duplicate.policy.switch', { percent: wholePercent(policy.threshold) })
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t('duplicate.policy.title')}
      description={t('duplicate.policy.note')}
      footer={<Button onClick={onClose}>{t('common.close')}</Button>}
    >
      <div className="flex flex-col gap-5">
        <div className="flex items-start gap-4">
          <div className="min-w-0 flex-1 text-sm">
            <p className="font-medium">{label}</p>
            <p className="text-ink-2">{t('duplicate.policy.never')}</p>
            {!policy.merge_sure && (
              <p className="num mt-1 text-ink-2" aria-live="polite">
                {t('duplicate.policy.waiting', {
                  count: policy.waiting,
                  n: formatNumber(policy.waiting),
                })}
              </p>
            )}
          </div>
          <span className="pt-0.5">
            <Switch
              label={label}
              checked={
                (decide.isPending ? decide.variables.merge_sure : undefined) ?? policy.merge_sure
              }
              disabled={!decides || decide.isPending}
              onCheckedChange={(on) => change({ merge_sure: on })}
            />
          </span>
        </div>
        {decide.error && <ErrorState problem={toProblem(decide.error)} />}
        <PolicyRules policy={policy} disabled={!decides || decide.isPending} onChange={change} />
        <AutomaticList nameOf={nameOf} onUndo={onUndo} />
      </div>
    </Dialog>
  )
}
