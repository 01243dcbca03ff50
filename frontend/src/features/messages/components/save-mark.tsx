import { useTranslation } from 'react-i18next'

import type { ApiProblem } from '@/api/problem'
import type { SaveState } from '@/features/messages/use-message-text'
import { cn } from '@/utils/cn'

interface SaveMarkProps {
  state: SaveState
  problem: ApiProblem | null
  empty: boolean
}

/** Whether what one sees is what the server has. */
export function SaveMark({ state, problem, empty }: SaveMarkProps) {
  const { t } = useTranslation()
  const words =
    state === 'failed'
      ? problem?.status === 401
        ? t('message.keptSignedOut')
        : problem?.code === 'offline'
          ? t('message.keptOffline')
          : problem && (problem.status >= 500 || problem.status === 429)
            ? t('message.keptServer')
            : t('message.notSaved')
      : state === 'waiting' && empty
        ? t('message.notSaved')
        : t(`message.state.${state}`)
  const tone =
    state === 'failed' ||
    state === 'offline' ||
    state === 'conflict' ||
    (state === 'waiting' && empty)
  return (
    <p role="status" className={cn('text-xs', tone ? 'text-warn' : 'text-ink-3')}>
      {words}
    </p>
  )
}
