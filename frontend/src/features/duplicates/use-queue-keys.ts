import { useTranslation } from 'react-i18next'

import type { Shortcut } from '@/hooks/shortcuts'
import type { Queue } from '@/features/duplicates/use-queue'
import type { Verdict } from '@/features/duplicates/use-verdicts'
import type { PairWish } from '@/features/duplicates/use-wish'
import { useShortcuts } from '@/hooks/use-shortcuts'

interface KeysOf {
  queue: Queue
  wish: PairWish
  decides: boolean
  /** False when there is nothing to judge. */
  judge: (verdict: Verdict) => unknown
}

/** The keys of the queue; those that judge are offered where the viewer may. */
export function useQueueKeys({ queue, wish, decides, judge }: KeysOf): void {
  const { t } = useTranslation()
  const { pair } = queue
  const key = (keys: string, label: string, run: Shortcut['run']): Shortcut => ({
    id: `duplicate:${keys}`,
    keys,
    label,
    where: 'page',
    run,
  })
  // A key that is held down must not judge pair after pair.
  const once = (verdict: Verdict) => (event: KeyboardEvent) =>
    event.repeat ? true : judge(verdict)
  useShortcuts([
    key('j', t('duplicate.next'), () => queue.step(1)),
    key('k', t('duplicate.previous'), () => queue.step(-1)),
    ...(decides && pair
      ? [
          key('m', t('duplicate.keys.merge'), once('merge')),
          key('d', t('duplicate.keys.different'), once('different')),
          ...(pair.state === 'open' ? [key('s', t('duplicate.keys.skip'), once('skip'))] : []),
          key('1', t('duplicate.keys.first'), () => wish.setSurvivor(pair.a.id)),
          key('2', t('duplicate.keys.second'), () => wish.setSurvivor(pair.b.id)),
        ]
      : []),
    key('u', t('duplicate.keys.undo'), () => queue.undoLast()),
  ])
}
