import { QueryClientProvider } from '@tanstack/react-query'
import { useState } from 'react'
import { RouterProvider } from 'react-router/dom'

import { createQueryClient } from '@/app/query-client'
import { createRouter } from '@/app/router'
import { Toasts } from '@/components/feedback/toasts'
import { TooltipProvider } from '@/components/ui/tooltip'

export function App() {
  const [client] = useState(createQueryClient)
  const [router] = useState(createRouter)
  return (
    <QueryClientProvider client={client}>
      <TooltipProvider>
        <RouterProvider router={router} />
        <Toasts />
      </TooltipProvider>
    </QueryClientProvider>
  )
}
