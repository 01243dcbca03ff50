import { ChevronDown, ChevronUp } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import type { Claim } from '@/api/contract'
import { IconButton } from '@/components/ui/button'
import { useWords } from '@/features/qualification/use-words'
import { useShortcuts } from '@/hooks/use-shortcuts'

interface ClaimWalkProps {
  step: (by: 1 | -1) => void
  stepped: { claim: Claim | undefined; n: number; of: number } | null
  clear: () => void
}

/** Goes through the claims one by one, by the keys n and p or by buttons. */
export function ClaimWalk({ step, stepped, clear }: ClaimWalkProps) {
  const { t } = useTranslation()
  const words = useWords()
  useShortcuts([
    {
      id: 'claim-next',
      keys: 'n',
      label: t('shortcut.nextClaim'),
      where: 'lead',
      run: () => step(1),
    },
    {
      id: 'claim-previous',
      keys: 'p',
      label: t('shortcut.previousClaim'),
      where: 'lead',
      run: () => step(-1),
    },
    {
      id: 'claim-clear',
      keys: 'escape',
      label: t('shortcut.clearClaim'),
      where: 'lead',
      run: clear,
    },
  ])
  return (
    <span className="flex items-center">
      <span className="sr-only" aria-live="polite">
        {stepped?.claim &&
          t('score.position', {
            n: stepped.n,
            of: stepped.of,
            what: words.claim(stepped.claim),
            quote: stepped.claim.quote,
          })}
      </span>
      {stepped && (
        <span aria-hidden className="num me-1 text-xs text-ink-3">
          {stepped.n} / {stepped.of}
        </span>
      )}
      <IconButton label={t('score.previousClaim')} aria-keyshortcuts="p" onClick={() => step(-1)}>
        <ChevronUp />
      </IconButton>
      <IconButton label={t('score.nextClaim')} aria-keyshortcuts="n" onClick={() => step(1)}>
        <ChevronDown />
      </IconButton>
    </span>
  )
}
