import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import type { Overview } from '@/api/contract'
import { PageBody, PageHeader } from '@/components/layout/page'
import { RunningBatches } from '@/features/batches/components/running-batches'
import { Checklist } from '@/features/home/components/checklist'
import { OverviewView } from '@/features/home/components/overview-view'
import { SampleLeadsButton } from '@/features/imports/components/sample-leads-button'
import { SampleNote } from '@/features/imports/components/sample-note'
import { profileQuery } from '@/features/profile/queries'
import { isExample } from '@/features/profile/wizard/example'
import { useCan } from '@/hooks/use-can'

export function Component() {
  const { t } = useTranslation()
  return (
    <>
      <PageHeader title={t('home.title')} help="getting-started" />
      <PageBody>
        <div className="mx-auto max-w-6xl 2xl:max-w-[1440px]">
          <OverviewView
            above={(overview) => <Above overview={overview} />}
            running={(batches) => <RunningBatches batches={batches} />}
          />
        </div>
      </PageBody>
    </>
  )
}

/** What a new workspace needs: the four steps, and word that samples are about. */
function Above({ overview }: { overview: Overview }) {
  const can = useCan()
  const profile = useQuery(profileQuery)
  const samples = overview.sources.find((each) => each.source === 'sample')?.count ?? 0
  return (
    <>
      {can('leads.import') && profile.data && (
        <Checklist
          done={{
            profile: profile.data.version > 1,
            leads: overview.leads_total > 0,
            analyse: overview.analyzed > 0,
            message: overview.recent.some((each) => each.type.startsWith('message.')),
          }}
          profileTo={
            can('profile.update') && isExample(profile.data) ? '/profile/wizard' : '/profile'
          }
          samples={can('samples.load') && <SampleLeadsButton />}
        />
      )}
      {samples > 0 && <SampleNote count={samples} />}
    </>
  )
}
