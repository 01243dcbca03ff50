import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render } from '@testing-library/react'
import type { ReactElement } from 'react'
import { MemoryRouter } from 'react-router'

import { PermissionsContext } from '@/hooks/use-can'
import type { Operation } from '@/types/operation'

interface RenderOptions {
  path?: string
  may?: readonly Operation[]
}

/** Renders a part of the app with what surrounds it: server state, an address, permissions. */
export function renderApp(element: ReactElement, { path = '/', may = [] }: RenderOptions = {}) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  return render(
    <QueryClientProvider client={client}>
      <PermissionsContext value={new Set(may)}>
        <MemoryRouter initialEntries={[path]}>{element}</MemoryRouter>
      </PermissionsContext>
    </QueryClientProvider>,
  )
}
