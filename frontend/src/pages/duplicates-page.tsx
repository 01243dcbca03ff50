import { useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'react-router'

import { peopleQuery } from '@/api/people'
import { meQuery } from '@/features/auth/queries'
import { CompaniesView } from '@/features/duplicates/components/companies-view'
import { DuplicatesView } from '@/features/duplicates/components/duplicates-view'
import { useSay } from '@/features/duplicates/use-say'
import { workspaceQuery } from '@/features/leads/one/queries'
import { useNameOf } from '@/features/leads/one/use-name-of'
import { useCan } from '@/hooks/use-can'

export function Component() {
  const can = useCan()
  const me = useQuery(meQuery)
  const people = useQuery({ ...peopleQuery, enabled: can('users.list') })
  const workspace = useQuery({ ...workspaceQuery, enabled: can('settings.get') })
  const nameOf = useNameOf(people.data)
  const say = useSay(nameOf, workspace.data?.currency)
  const [params] = useSearchParams()
  if (params.get('kind') === 'company') return <CompaniesView nameOf={nameOf} />
  return <DuplicatesView me={me.data?.user} nameOf={nameOf} say={say} />
}
