import { useParams } from 'react-router'

import { BatchView } from '@/features/batches/components/batch-view'

export function Component() {
  const { id = '' } = useParams()
  return <BatchView key={id} id={id} />
}
