import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'

import { get, post } from '@/api/client'
import type { Me, User } from '@/api/contract'

export const sessionKeys = { me: ['me'] as const, setup: ['setup'] as const }

export const meQuery = queryOptions({
  queryKey: sessionKeys.me,
  queryFn: ({ signal }) => get<Me>('/me', { signal }),
  staleTime: 60_000,
  retry: false,
})

export const setupQuery = queryOptions({
  queryKey: sessionKeys.setup,
  queryFn: ({ signal }) => get<{ needed: boolean }>('/setup', { signal }),
})

const ANSWERS_401 = { noRefresh: true }

function useSignIn<T>(call: (input: T) => Promise<{ user: User }>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: call,
    meta: { inPlace: true },
    // Whatever an earlier person on this machine saw must not show through.
    onSuccess: () => client.clear(),
  })
}

export interface SetupInput {
  name: string
  email: string
  password: string
}

export function useSetup() {
  return useSignIn((input: SetupInput) => post<{ user: User }>('/setup', input, ANSWERS_401))
}

export interface LoginInput {
  email: string
  password: string
  remember: boolean
}

export function useLogin() {
  return useSignIn((input: LoginInput) => post<{ user: User }>('/auth/login', input, ANSWERS_401))
}

export function useAcceptInvite() {
  return useSignIn((input: { token: string; name: string; password: string }) =>
    post<{ user: User }>('/auth/accept', input, ANSWERS_401),
  )
}

export function useRequestReset() {
  return useMutation({
    mutationFn: (input: { email: string }) => post('/auth/reset', input, ANSWERS_401),
    meta: { inPlace: true },
  })
}

export function useConfirmReset() {
  return useMutation({
    mutationFn: (input: { token: string; password: string }) =>
      post('/auth/reset/confirm', input, ANSWERS_401),
    meta: { inPlace: true },
  })
}

export function useLogout() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => post('/auth/logout', undefined, ANSWERS_401),
    onSettled: () => client.clear(),
  })
}
