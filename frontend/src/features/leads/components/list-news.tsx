import { ArrowUp } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { formatNumber } from '@/utils/format'

interface ListNewsProps {
  fresh: number
  onShow: () => Promise<void>
}

/** Says that leads have come, above a list that does not move by itself. */
export function ListNewsPill({ fresh, onShow }: ListNewsProps) {
  const { t } = useTranslation()
  const [busy, setBusy] = useState(false)
  const show = async () => {
    setBusy(true)
    await onShow().finally(() => setBusy(false))
  }
  return (
    <div aria-live="polite" className="pointer-events-none absolute inset-x-0 top-10 z-30 flex">
      {fresh > 0 && (
        <button
          type="button"
          disabled={busy}
          onClick={() => void show()}
          className="pointer-events-auto mx-auto flex h-7 animate-rise items-center gap-1.5 rounded-full border border-line-strong bg-surface px-3 text-xs font-medium shadow-pop hover:bg-hover disabled:opacity-50 pointer-coarse:h-11"
        >
          <ArrowUp aria-hidden className="size-3.5 text-accent-text" />
          <span>{t('table.fresh', { count: fresh, n: formatNumber(fresh) })}</span>
          <span className="text-accent-text">{t('table.show')}</span>
        </button>
      )}
    </div>
  )
}
