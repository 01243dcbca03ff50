import { useTranslation } from 'react-i18next'

import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { fieldLabel } from '@/features/leads/one/field-label'
import type { LeadEdit } from '@/features/leads/one/use-lead-edit'
import { useOnce } from '@/hooks/use-once'

interface ConflictDialogProps {
  open: boolean
  edit: LeadEdit
}

/** Two people changed the same field: both values, and the choice. */
export function ConflictDialog({ open, edit }: ConflictDialogProps) {
  const { t } = useTranslation()
  const { conflict, resolve, pending } = edit
  const once = useOnce()
  return (
    <Dialog
      open={open}
      onClose={() => void resolve('theirs')}
      title={t('conflict.title')}
      description={t('conflict.body')}
      closeLabel={t('common.close')}
      footer={
        <>
          <Button onClick={once(() => resolve('theirs'))} disabled={pending}>
            {t('conflict.keepTheirs')}
          </Button>
          <Button variant="primary" busy={pending} onClick={once(() => resolve('mine'))}>
            {t('conflict.keepMine')}
          </Button>
        </>
      }
    >
      <dl className="flex flex-col gap-4">
        {conflict?.clashes.map((clash) => (
          <div key={clash.field}>
            <dt className="text-sm font-medium">
              {clash.custom ? clash.field : fieldLabel(t, clash.field)}
            </dt>
            <dd className="mt-1 grid gap-2 sm:grid-cols-2">
              <Value label={t('conflict.mine')} value={clash.mine} />
              <Value label={t('conflict.theirs')} value={clash.theirs} />
            </dd>
            {clash.before && (
              <dd className="mt-1 text-xs text-ink-3">
                {t('conflict.before')} <bdi>{clash.before}</bdi>
              </dd>
            )}
          </div>
        ))}
      </dl>
    </Dialog>
  )
}

function Value({ label, value }: { label: string; value: string }) {
  const { t } = useTranslation()
  return (
    <div className="min-w-0 rounded-md border border-line p-2.5">
      <p className="text-xs text-ink-3">{label}</p>
      <p dir="auto" className="max-h-40 overflow-y-auto text-sm break-words whitespace-pre-wrap">
        {value || <span className="text-ink-3">{t('lead.emptyField')}</span>}
      </p>
    </div>
  )
}
