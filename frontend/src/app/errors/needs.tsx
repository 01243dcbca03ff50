import type { ReactNode } from 'react'

import { Forbidden } from '@/features/shell/components/forbidden'
import { useCan } from '@/hooks/use-can'
import type { Operation } from '@/types/operation'

/** A page for those who may do something; the others read what they lack and whom to ask. */
export function Needs({ operation, children }: { operation: Operation; children: ReactNode }) {
  return useCan()(operation) ? children : <Forbidden operation={operation} />
}
