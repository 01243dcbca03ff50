import { FlaskConical } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import { toast } from '@/components/feedback/toast'
import { Button } from '@/components/ui/button'
import { useDeleteSamples, useLoadSamples } from '@/features/imports/queries'

/** Loads the ten labelled sample leads, so that a new user has something to look at. */
export function SampleLeadsButton({ onLoaded }: { onLoaded?: () => void }) {
  const { t } = useTranslation()
  const load = useLoadSamples()
  const remove = useDeleteSamples()
  return (
    <Button
      icon={<FlaskConical />}
      busy={load.isPending}
      onClick={() =>
        load.mutate(undefined, {
          onSuccess: () => {
            toast({ title: t('samples.loaded'), undo: () => remove.mutate() })
            onLoaded?.()
          },
        })
      }
    >
      {t('samples.load')}
    </Button>
  )
}
