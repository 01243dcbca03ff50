import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import { IconButton } from '@/components/ui/button'
import { cn } from '@/utils/cn'

interface ByHandHeadProps {
  name: string
  /** The name that the choice between the heads goes by. */
  group: string
  survives: boolean
  onSurvive: () => void
  /** Leaves this lead out of the merge; undefined where too few would be left. */
  onRemove?: () => void
}

/** The head of a lead's column where leads are merged by hand. */
export function ByHandHead({ name, group, survives, onSurvive, onRemove }: ByHandHeadProps) {
  const { t } = useTranslation()
  return (
    <div className={cn('flex h-full flex-col gap-1.5 px-3 py-2.5', survives && 'bg-selected/60')}>
      <span className="flex items-start gap-1">
        <bdi className="line-clamp-2 min-w-0 flex-1 font-semibold break-words">{name}</bdi>
        {onRemove && (
          <IconButton label={t('ui.remove', { name })} className="-my-1 -me-2" onClick={onRemove}>
            <X />
          </IconButton>
        )}
      </span>
      <label className="flex items-center gap-2 text-xs text-ink-2 pointer-coarse:min-h-11">
        <input
          type="radio"
          name={group}
          checked={survives}
          onChange={onSurvive}
          className="size-4 accent-accent"
        />
        {t('duplicate.survives')}
        <span className="sr-only">{name}</span>
      </label>
    </div>
  )
}
