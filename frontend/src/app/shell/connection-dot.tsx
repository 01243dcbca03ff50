import { useTranslation } from 'react-i18next'

import { cn } from '@/utils/cn'

/** Whether changes come in by themselves at this moment. */
export function ConnectionDot({ open }: { open: boolean }) {
  const { t } = useTranslation()
  const label = open ? t('live.open') : t('live.reconnecting')
  return (
    <span
      role="img"
      aria-label={label}
      title={label}
      className="flex size-7 items-center justify-center"
    >
      <span className={cn('size-2 rounded-full', open ? 'bg-good' : 'animate-skeleton bg-warn')} />
    </span>
  )
}
