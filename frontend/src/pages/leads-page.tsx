import { useQuery } from '@tanstack/react-query'

import { overviewQuery } from '@/features/home/queries'
import { AnalyseDialog } from '@/features/batches/components/analyse-dialog'
import { LeadsView } from '@/features/leads/components/leads-view'
import { useRememberPlace } from '@/features/leads/place'
import { SampleLeadsButton } from '@/features/imports/components/sample-leads-button'
import { useCan } from '@/hooks/use-can'

export function Component() {
  const overview = useQuery(overviewQuery)
  const can = useCan()
  useRememberPlace()
  return (
    <LeadsView
      sources={overview.data?.sources.map((each) => each.source) ?? []}
      samples={can('samples.load') && <SampleLeadsButton />}
      analyse={(selection, onClose) => (
        <AnalyseDialog open={selection !== null} onClose={onClose} selection={selection ?? {}} />
      )}
    />
  )
}
