import { apiBase, apiFetch, OURS } from '@/api/client'
import type { CreateClientConfig } from '@/api/gen/client.gen'

/** Makes the generated calls go through our own door, which knows sessions and problems. */
export const createClientConfig: CreateClientConfig = (config) => ({
  ...config,
  baseUrl: apiBase,
  credentials: 'include',
  fetch: apiFetch,
  headers: OURS,
  throwOnError: true,
})
