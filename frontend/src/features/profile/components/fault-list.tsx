import { useTranslation } from 'react-i18next'

import type { ProfileError } from '@/api/contract'

interface FaultListProps {
  errors: readonly ProfileError[]
  onGo: (error: ProfileError) => void
}

/** What is wrong with a document; each fault leads to its line. */
export function FaultList({ errors, onGo }: FaultListProps) {
  const { t } = useTranslation()
  if (errors.length === 0) return null
  return (
    <ul className="flex max-h-40 shrink-0 flex-col gap-px overflow-y-auto rounded-md border border-bad/30 bg-bad-soft py-1">
      {errors.map((error) => (
        <li key={`${error.line}:${error.column}:${error.message}`}>
          <button
            type="button"
            onClick={() => onGo(error)}
            className="flex w-full items-baseline gap-3 px-3 py-1 text-start text-sm hover:bg-hover pointer-coarse:min-h-11"
          >
            <span className="num shrink-0 font-medium text-bad">
              {t('profile.line', { line: error.line })}
            </span>
            <span className="min-w-0 break-words">
              {error.message} <span className="text-ink-2">{error.hint}</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}
