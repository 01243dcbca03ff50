import { FlaskConical } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import { toast } from '@/components/feedback/toast'
import { Button } from '@/components/ui/button'
import { useDeleteSamples, useLoadSamples } from '@/features/imports/queries'
import { useOnce } from '@/hooks/use-once'

/** Loads the ten labelled sample leads, so that a new user has something to look at. */
export function SampleLeadsButton({ onLoaded }: { onLoaded?: () => void }) {
  const { t } = useTranslation()
  const load = useLoadSamples()
  const remove = useDeleteSamples()
  const once = useOnce()
  // The first lead that arrives live takes this button off the page, and with it callbacks given to mutate;
  // the promise outlives it. Failures are told by the mutation cache.
  const start = async () => {
    try {
      await load.mutateAsync()
    } catch {
      return
    }
    toast({ title: t('samples.loaded'), undo: () => remove.mutate() })
    onLoaded?.()
  }
  return (
    <Button icon={<FlaskConical />} busy={load.isPending} onClick={once(start)}>
      {t('samples.load')}
    </Button>
  )
}
