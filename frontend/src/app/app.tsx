import { QueryClientProvider } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'

import { createQueryClient } from '@/app/query-client'
import { AppRoutes } from '@/app/routes'
import { useToasts } from '@/components/feedback/toast'

const Toasts = lazy(async () => ({
  default: (await import('@/components/feedback/toasts')).Toasts,
}))

export function App() {
  const [client] = useState(createQueryClient)
  const toasts = useToasts()
  return (
    <QueryClientProvider client={client}>
      <AppRoutes />
      <Suspense>{toasts.length > 0 && <Toasts />}</Suspense>
    </QueryClientProvider>
  )
}
