import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'

import { del, get, post, put } from '@/api/client'
import type { AiSettings, ApiKey, BudgetSetting, Role, Session, User } from '@/api/contract'

export const aiQuery = queryOptions({
  queryKey: ['settings', 'ai'] as const,
  queryFn: ({ signal }) => get<AiSettings>('/settings/ai', { signal }),
})

export const budgetsQuery = queryOptions({
  queryKey: ['budgets'] as const,
  queryFn: ({ signal }) => get<{ items: BudgetSetting[] }>('/budgets', { signal }),
})

export const keysQuery = queryOptions({
  queryKey: ['api-keys'] as const,
  queryFn: ({ signal }) => get<{ items: ApiKey[] }>('/api-keys', { signal }),
})

export const usersQuery = queryOptions({
  queryKey: ['users'] as const,
  queryFn: ({ signal }) => get<{ items: User[] }>('/users', { signal }),
})

export const sessionsQuery = queryOptions({
  queryKey: ['sessions'] as const,
  queryFn: ({ signal }) => get<{ items: Session[] }>('/sessions', { signal }),
})

/** A write after which one list is read anew; its faults show where it was made. */
function useWrite<T, R>(key: readonly string[], call: (input: T) => Promise<R>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: call,
    meta: { inPlace: true },
    onSuccess: () => client.invalidateQueries({ queryKey: key }),
  })
}

export type AiLimits = Partial<Pick<AiSettings, 'price_in' | 'price_out' | 'rpm' | 'tpm'>>

export function useSaveAi() {
  return useWrite(['settings', 'ai'], (input: AiLimits) => put('/settings/ai', input))
}

export function useTestAi() {
  return useMutation({
    mutationFn: () => post('/settings/ai/test', undefined, { timeout: 120_000 }),
    meta: { inPlace: true },
  })
}

export function useSaveBudget() {
  return useWrite(['budgets'], (input: { scope: string; limit_micros: number | null }) =>
    put(`/budgets/${input.scope}`, { limit_micros: input.limit_micros }),
  )
}

export function useCreateKey() {
  return useWrite(['api-keys'], (input: { name: string; scopes: string[] }) =>
    post<ApiKey & { key: string }>('/api-keys', input),
  )
}

export function useRevokeKey() {
  return useWrite(['api-keys'], (id: string) => del(`/api-keys/${id}`))
}

export function useInvite() {
  return useWrite(['users'], (input: { email: string; role: Role }) =>
    post<{ user: User; invite_url?: string }>('/users', input),
  )
}

export function useUpdateUser() {
  return useWrite(['users'], ({ id, ...change }: { id: string; role?: Role; disabled?: boolean }) =>
    put(`/users/${id}`, change),
  )
}

export function useEndSession() {
  return useWrite(['sessions'], (id: string) => del(`/sessions/${id}`))
}

export function useLogoutAll() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => post('/auth/logout-all'),
    onSuccess: () => client.clear(),
  })
}

export function useChangePassword() {
  return useWrite(['sessions'], (input: { current: string; new: string }) =>
    post('/auth/password', input),
  )
}
