import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import { PageBody, PageHeader } from '@/components/layout/page'
import { Checklist } from '@/features/home/components/checklist'
import { OverviewView } from '@/features/home/components/overview-view'
import { SampleLeadsButton } from '@/features/imports/components/sample-leads-button'
import { profileQuery } from '@/features/profile/queries'
import { useCan } from '@/hooks/use-can'

export function Component() {
  const { t } = useTranslation()
  const can = useCan()
  const profile = useQuery(profileQuery)
  return (
    <>
      <PageHeader title={t('home.title')} />
      <PageBody>
        <div className="mx-auto max-w-6xl">
          <OverviewView
            checklist={(overview) => (
              <Checklist
                done={{
                  profile: (profile.data?.version ?? 0) > 1,
                  leads: overview.leads_total > 0,
                  analyse: overview.analyzed > 0,
                  message: (overview.recent ?? []).some((each) => each.type.startsWith('message.')),
                }}
                samples={can('samples.load') && <SampleLeadsButton />}
              />
            )}
          />
        </div>
      </PageBody>
    </>
  )
}
