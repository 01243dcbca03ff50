import { useQuery, useQueryClient } from '@tanstack/react-query'

import { peopleQuery } from '@/api/people'
import { lateLayer } from '@/components/ui/late'
import { meQuery } from '@/features/auth/queries'
import { overviewQuery } from '@/features/home/queries'
import { MergeSelected } from '@/features/duplicates/components/merge-selected'
import { useSay } from '@/features/duplicates/use-say'
import { LeadsView } from '@/features/leads/components/leads-view'
import { dropRows } from '@/features/leads/list-queries'
import { workspaceQuery } from '@/features/leads/one/queries'
import { useNameOf } from '@/features/leads/one/use-name-of'
import { useRememberPlace } from '@/features/leads/place'
import { useViewedList } from '@/features/leads/use-viewed-list'
import { SampleLeadsButton } from '@/features/imports/components/sample-leads-button'
import { SavedViews } from '@/features/views/components/saved-views'
import { useCan } from '@/hooks/use-can'

const AnalyseDialog = lateLayer(
  async () => (await import('@/features/batches/components/analyse-dialog')).AnalyseDialog,
)

export function Component() {
  const overview = useQuery(overviewQuery)
  const me = useQuery(meQuery)
  const can = useCan()
  const client = useQueryClient()
  const people = useQuery({ ...peopleQuery, enabled: can('users.list') })
  const workspace = useQuery({ ...workspaceQuery, enabled: can('settings.get') })
  const say = useSay(useNameOf(people.data), workspace.data?.currency)
  const list = useViewedList()
  useRememberPlace()
  return (
    <SavedViews list={list} admin={me.data?.user.role === 'admin'}>
      {({ tabs, many, actions }) => (
        <LeadsView
          me={me.data?.user}
          sources={overview.data?.sources.map((each) => each.source) ?? []}
          tabs={tabs}
          manyTabs={many}
          viewActions={actions}
          merge={(ids, onDone) => (
            <MergeSelected
              ids={ids}
              say={say}
              onDone={(merged) => {
                dropRows(client, merged)
                onDone()
              }}
            />
          )}
          samples={can('samples.load') && <SampleLeadsButton />}
          analyse={(selection, onClose) => (
            <AnalyseDialog
              open={selection !== null}
              onClose={onClose}
              selection={selection ?? {}}
            />
          )}
        />
      )}
    </SavedViews>
  )
}
