import { MutationCache, QueryClient } from '@tanstack/react-query'
import i18next from 'i18next'

import { toProblem } from '@/api/problem'
import { toast } from '@/components/feedback/toast'

/** Server state. Faults of reads show in place; faults of writes that do not, as a toast. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        retry: (failures, error) => failures < 2 && worthRetrying(toProblem(error).status),
      },
    },
    mutationCache: new MutationCache({
      onError: (error, _input, _context, mutation) => {
        if (mutation.meta?.inPlace) return
        const problem = toProblem(error)
        toast({
          tone: 'bad',
          title: problem.code === 'offline' ? i18next.t('error.offline') : problem.message,
          detail: problem.fields.map((f) => `${f.name}: ${f.message}`).join('; '),
        })
      },
    }),
  })
}

function worthRetrying(status: number): boolean {
  return status === 0 || status === 502 || status === 503 || status === 504
}

declare module '@tanstack/react-query' {
  interface Register {
    mutationMeta: {
      /** The form or dialog shows the fault itself. */
      inPlace?: boolean
    }
  }
}
