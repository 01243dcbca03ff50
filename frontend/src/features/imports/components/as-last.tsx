import { useTranslation } from 'react-i18next'

import type { ImportPreview } from '@/api/contract'
import { Button } from '@/components/ui/button'
import { formatDay } from '@/utils/format'

interface AsLastProps {
  last: ImportPreview['as_last'] | undefined
  fresh: boolean
  onFresh: (fresh: boolean) => void
}

/** Says that the columns are taken as in the last file that had the same, and offers the way out and back. */
export function AsLast({ last, fresh, onFresh }: AsLastProps) {
  const { t } = useTranslation()
  if (!last && !fresh) return null
  const when = last && formatDay(last.at)
  const words = !last
    ? t('import.scratch')
    : last.name
      ? t('import.asLastBy', { when, name: last.name })
      : t('import.asLast', { when })
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-sunken px-4 py-2 text-sm"
    >
      <p className="min-w-0 flex-1 basis-48">{words}</p>
      <Button size="sm" onClick={() => onFresh(!fresh)}>
        {t(fresh ? 'import.useLast' : 'import.startFresh')}
      </Button>
    </div>
  )
}
