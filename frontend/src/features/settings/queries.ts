import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'

import { answer, filled } from '@/api/answer'
import { fetchWithin } from '@/api/client'
import type { AiSettings, Role } from '@/api/contract'
import {
  apiKeysListOptions,
  apiKeysListQueryKey,
  budgetsListOptions,
  budgetsListQueryKey,
  sessionsListOptions,
  sessionsListQueryKey,
  usersListOptions,
  usersListQueryKey,
} from '@/api/gen/@tanstack/react-query.gen'
import {
  apiKeysCreate,
  apiKeysRevoke,
  authLogoutAll,
  authPassword,
  budgetsUpdate,
  sessionsRevoke,
  settingsAiGet,
  settingsAiTest,
  settingsAiUpdate,
  usersInvite,
  usersUpdate,
} from '@/api/gen/sdk.gen'
import type {
  ApiKeyListResponse,
  BudgetListResponse,
  SessionListResponse,
  UserListResponse,
} from '@/api/gen/types.gen'

// Lists without parameters use the generated queries as they are.
export const budgetsQuery = { ...budgetsListOptions(), select: filled<BudgetListResponse> }
export const keysQuery = { ...apiKeysListOptions(), select: filled<ApiKeyListResponse> }
export const usersQuery = { ...usersListOptions(), select: filled<UserListResponse> }
export const sessionsQuery = { ...sessionsListOptions(), select: filled<SessionListResponse> }

export const aiQuery = queryOptions({
  queryKey: ['settings', 'ai'] as const,
  queryFn: ({ signal }) => answer(settingsAiGet({ signal })),
})

/** A write after which one list is read anew; its faults show where it was made. */
function useWrite<T, R>(queryKey: readonly unknown[], call: (input: T) => Promise<R>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: call,
    meta: { inPlace: true },
    onSuccess: () => client.invalidateQueries({ queryKey }),
  })
}

type AiLimits = Partial<Pick<AiSettings, 'model' | 'price_in' | 'price_out' | 'rpm' | 'tpm'>>

export function useSaveAi() {
  return useWrite(aiQuery.queryKey, (body: AiLimits) => answer(settingsAiUpdate({ body })))
}

/** Asking a model one question may take a while. */
const TEST_MS = 120_000

export function useTestAi() {
  return useMutation({
    mutationFn: () => answer(settingsAiTest({ fetch: fetchWithin(TEST_MS) })),
    meta: { inPlace: true },
  })
}

interface BudgetInput {
  scope: 'day' | 'month'
  limit_micros: number | null
}

export function useSaveBudget() {
  return useWrite(budgetsListQueryKey(), ({ scope, limit_micros }: BudgetInput) =>
    answer(budgetsUpdate({ path: { scope }, body: { limit_micros } })),
  )
}

export function useCreateKey() {
  return useWrite(apiKeysListQueryKey(), (body: { name: string; scopes: string[] }) =>
    answer(apiKeysCreate({ body })),
  )
}

export function useRevokeKey() {
  return useWrite(apiKeysListQueryKey(), (id: string) => apiKeysRevoke({ path: { id } }))
}

export function useInvite() {
  return useWrite(usersListQueryKey(), async (body: { email: string; role: Role }) => {
    const invited = await usersInvite({ body })
    return invited.data
  })
}

export function useUpdateUser() {
  return useWrite(
    usersListQueryKey(),
    ({ id, ...body }: { id: string; role?: Role; disabled?: boolean }) =>
      answer(usersUpdate({ path: { id }, body })),
  )
}

export function useEndSession() {
  return useWrite(sessionsListQueryKey(), (id: string) => sessionsRevoke({ path: { id } }))
}

export function useLogoutAll() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => authLogoutAll(),
    onSuccess: () => client.clear(),
  })
}

export function useChangePassword() {
  return useWrite(sessionsListQueryKey(), (body: { current: string; new: string }) =>
    authPassword({ body }),
  )
}
