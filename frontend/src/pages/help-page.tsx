import { useParams } from 'react-router'

import { HelpView } from '@/features/help/components/help-view'

export function Component() {
  return <HelpView slug={useParams().slug} />
}
