import { Combine } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { Button } from '@/components/ui/button'
import { lateLayer } from '@/components/ui/late'
import type { Say } from '@/features/duplicates/field-words'
import { useCan } from '@/hooks/use-can'
import { useCommands } from '@/hooks/use-commands'

const MergeLeadsDialog = lateLayer(
  async () =>
    (await import('@/features/duplicates/components/merge-leads-dialog')).MergeLeadsDialog,
)

const MOST = 5

interface MergeSelectedProps {
  ids: readonly string[]
  say: Say
  /** With the leads that went into another one. */
  onDone: (mergedIds: string[]) => void
}

/** Merges the leads that are selected, where there are few enough to compare. */
export function MergeSelected({ ids, say, onDone }: MergeSelectedProps) {
  const { t } = useTranslation()
  const can = useCan()
  const [open, setOpen] = useState(false)
  const offered = can('leads.merge') && ids.length >= 2 && ids.length <= MOST
  useCommands(
    offered
      ? [
          {
            id: 'merge',
            label: t('duplicate.mergeN', { count: ids.length }),
            run: () => setOpen(true),
          },
        ]
      : [],
  )
  if (!offered) return null
  return (
    <>
      <Button icon={<Combine />} iconOnPhone onClick={() => setOpen(true)}>
        {t('duplicate.merge')}
      </Button>
      <MergeLeadsDialog
        open={open}
        ids={ids}
        say={say}
        onClose={() => setOpen(false)}
        onDone={(_survivor, merged) => onDone(merged)}
      />
    </>
  )
}
