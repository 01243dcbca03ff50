import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { toast } from '@/components/feedback/toast'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { useDeleteSamples, useLoadSamples } from '@/features/imports/queries'
import { useCan } from '@/hooks/use-can'
import { useOnce } from '@/hooks/use-once'

/** Says that sample leads are about, and takes them away in one click. */
export function SampleNote({ count }: { count: number }) {
  const { t } = useTranslation()
  const can = useCan()
  const remove = useDeleteSamples()
  const load = useLoadSamples()
  const once = useOnce()
  const start = async () => {
    try {
      await remove.mutateAsync()
    } catch {
      return // told by a toast
    }
    toast({ title: t('samples.removed'), undo: () => load.mutate() })
  }
  return (
    <Callout
      action={
        can('samples.delete') && (
          <Button size="sm" busy={remove.isPending} onClick={once(start)}>
            {t('samples.remove')}
          </Button>
        )
      }
    >
      <Link to="/leads?source=sample" className="font-medium text-ink hover:underline">
        {t('samples.here', { count })}
      </Link>{' '}
      {t('samples.note')}
    </Callout>
  )
}
