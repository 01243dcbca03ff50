import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import type { ProfileTemplate } from '@/api/contract'
import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { SkeletonLines } from '@/components/ui/skeleton'
import { type TemplateName, templatesQuery, useApplyTemplate } from '@/features/profile/queries'
import { useOnce } from '@/hooks/use-once'

interface TemplatesDialogProps {
  open: boolean
  onClose: () => void
  onApplied: () => void
}

/** Ready-made profiles to start from; taking one asks first, since it replaces all three documents. */
export function TemplatesDialog({ open, onClose, onApplied }: TemplatesDialogProps) {
  const { t } = useTranslation()
  return (
    <Dialog
      wide
      open={open}
      onClose={onClose}
      title={t('profile.templates')}
      closeLabel={t('common.close')}
    >
      {open && <TemplateList onClose={onClose} onApplied={onApplied} />}
    </Dialog>
  )
}

function TemplateList({ onClose, onApplied }: Omit<TemplatesDialogProps, 'open'>) {
  const { t } = useTranslation()
  const templates = useQuery(templatesQuery)
  const apply = useApplyTemplate()
  const once = useOnce()
  const [asked, setAsked] = useState<ProfileTemplate | null>(null)
  const take = async () => {
    if (!asked) return
    const taken = await apply.mutateAsync(asked.name as TemplateName).then(
      () => true,
      () => false, // Shown in place.
    )
    if (!taken) return
    onApplied()
    onClose()
  }
  if (templates.error) return <ErrorState problem={toProblem(templates.error)} />
  if (!templates.data) return <SkeletonLines lines={4} />
  if (asked) {
    return (
      <div className="flex flex-col gap-3">
        <p className="font-medium">
          {t('profile.templateTitle', { name: asked.title || asked.name })}
        </p>
        <p className="text-sm text-ink-2">{t('profile.templateBody')}</p>
        {apply.error && <ErrorState problem={toProblem(apply.error)} />}
        <div className="flex justify-end gap-2">
          <Button onClick={() => setAsked(null)}>{t('common.back')}</Button>
          <Button variant="primary" busy={apply.isPending} onClick={once(take)}>
            {t('profile.apply')}
          </Button>
        </div>
      </div>
    )
  }
  return (
    <>
      <p className="mb-3 text-sm text-ink-2">
        {t('profile.templatesNote')}{' '}
        <Link to="/profile/wizard" className="text-accent-text hover:underline">
          {t('profile.wizard')}
        </Link>
      </p>
      <ul className="grid gap-2 sm:grid-cols-2">
        {templates.data.items.map((each) => (
          <li key={each.name}>
            <button
              type="button"
              onClick={() => setAsked(each)}
              className="h-full w-full rounded-md border border-line-strong px-3 py-2.5 text-start hover:bg-hover"
            >
              <span className="block font-medium">{each.title || each.name}</span>
              <span className="block text-xs text-ink-2">{each.description}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}
