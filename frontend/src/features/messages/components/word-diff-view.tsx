import { diffWordsWithSpace } from 'diff'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

import { cn } from '@/utils/cn'

interface WordDiffProps {
  before: string
  after: string
}

/** A text in prose with the words that went struck out and the words that came marked. */
export function WordDiffView({ before, after }: WordDiffProps) {
  const { t } = useTranslation()
  const parts = useMemo(() => diffWordsWithSpace(before, after), [before, after])
  if (before === after) return <p className="p-3 text-sm text-ink-2">{t('ui.noDifference')}</p>
  return (
    <div
      dir="auto"
      tabIndex={0}
      role="group"
      aria-label={t('message.changes')}
      className="max-h-96 overflow-y-auto rounded-md border border-line bg-surface p-3 text-sm break-words whitespace-pre-wrap"
    >
      {parts.map((part, i) => {
        if (!part.added && !part.removed) return <span key={i}>{part.value}</span>
        const Tag = part.added ? 'ins' : 'del'
        return (
          <Tag
            key={i}
            className={cn(
              'rounded-[2px] box-decoration-clone px-px',
              part.added ? 'bg-good-soft text-good no-underline' : 'bg-bad-soft text-bad',
            )}
          >
            {part.value}
          </Tag>
        )
      })}
    </div>
  )
}
