import { ChevronDown, ChevronUp, Equal, EqualNot, RotateCcw, SkipForward } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import type { Duplicate } from '@/api/contract'
import { Button, IconButton } from '@/components/ui/button'
import { Kbd } from '@/components/ui/kbd'
import { useFoot } from '@/features/duplicates/use-foot'
import type { Verdict } from '@/features/duplicates/use-verdicts'

interface VerdictBarProps {
  pair: Duplicate | null
  decides: boolean
  onJudge: (verdict: Verdict) => void
  onStep: (by: 1 | -1) => void
  position: string
}

/** The verdicts on the pair at hand, each with its key. */
export function VerdictBar({ pair, decides, onJudge, onStep, position }: VerdictBarProps) {
  const { t } = useTranslation()
  const open = pair?.state === 'open' || pair?.state === 'skipped'
  const key = (keys: string) => (
    <span aria-hidden className="pointer-coarse:hidden">
      <Kbd keys={keys} />
    </span>
  )
  const bar = useFoot()
  return (
    <div
      ref={bar}
      role="toolbar"
      aria-label={t('duplicate.verdicts')}
      className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line bg-bg px-4 py-2 max-sm:order-last max-sm:gap-1.5 max-sm:border-t max-sm:border-b-0 sm:px-6 max-sm:[&>button_svg]:hidden"
    >
      {decides && open && (
        <>
          <Button variant="primary" icon={<Equal />} onClick={() => onJudge('merge')}>
            {t('duplicate.merge')}
            {key('m')}
          </Button>
          <Button icon={<EqualNot />} onClick={() => onJudge('different')}>
            {t('duplicate.different')}
            {key('d')}
          </Button>
          {pair?.state === 'open' && (
            <Button icon={<SkipForward />} onClick={() => onJudge('skip')}>
              {t('duplicate.skip')}
              {key('s')}
            </Button>
          )}
        </>
      )}
      {decides && (pair?.state === 'different' || pair?.state === 'skipped') && (
        <Button icon={<RotateCcw />} onClick={() => onJudge('open')}>
          {t('duplicate.reopen')}
        </Button>
      )}
      <span className="ms-auto flex items-center">
        <span className="num me-1 text-xs text-ink-3">{position}</span>
        <IconButton
          label={t('duplicate.previous')}
          aria-keyshortcuts="k"
          onClick={() => onStep(-1)}
        >
          <ChevronUp />
        </IconButton>
        <IconButton label={t('duplicate.next')} aria-keyshortcuts="j" onClick={() => onStep(1)}>
          <ChevronDown />
        </IconButton>
      </span>
    </div>
  )
}
