import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'

import { answer } from '@/api/answer'
import { fetchAsStranger } from '@/api/client'
import {
  authAccept,
  authLogin,
  authLogout,
  authReset,
  authResetConfirm,
  meGet,
  setupCreate,
  setupGet,
} from '@/api/gen/sdk.gen'
import { tellTabs } from '@/features/auth/tabs'
import { applyPreferences } from '@/hooks/preferences'

export const sessionKeys = { me: ['me'] as const, setup: ['setup'] as const }

export const meQuery = queryOptions({
  queryKey: sessionKeys.me,
  queryFn: async ({ signal }) => {
    const me = await answer(meGet({ signal }))
    applyPreferences(me.preferences)
    return me
  },
  staleTime: 60_000,
  retry: false,
})

export const setupQuery = queryOptions({
  queryKey: sessionKeys.setup,
  queryFn: ({ signal }) => answer(setupGet({ signal })),
})

/** Here a 401 is an answer, not an ended session. */
const ANSWERS_401 = { fetch: fetchAsStranger }

/** Signs somebody in; who it is, the other tabs hear. */
function useSignIn<T>(call: (input: T) => Promise<{ data: { user?: { email?: string } } }>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: call,
    meta: { inPlace: true },
    onSuccess: ({ data }) => {
      tellTabs({ kind: 'signed-in', email: data.user?.email ?? '' })
      // Whatever an earlier person on this machine saw must not show through.
      client.clear()
    },
  })
}

export interface SetupInput {
  name: string
  email: string
  password: string
}

export function useSetup() {
  return useSignIn((input: SetupInput) => setupCreate({ body: input, ...ANSWERS_401 }))
}

export interface LoginInput {
  email: string
  password: string
  remember: boolean
}

const signIn = (input: LoginInput) => authLogin({ body: input, ...ANSWERS_401 })

export function useLogin() {
  return useSignIn(signIn)
}

/** Signs the same person in again: what the page has read stays, and is renewed. */
export function useSignInAgain(onDone: () => void) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: signIn,
    meta: { inPlace: true },
    onSuccess: (_answer, { email }) => {
      tellTabs({ kind: 'signed-in', email })
      onDone()
      void client.invalidateQueries()
    },
  })
}

export function useAcceptInvite() {
  return useSignIn((input: { token: string; name: string; password: string }) =>
    authAccept({ body: input, ...ANSWERS_401 }),
  )
}

export function useRequestReset() {
  return useMutation({
    mutationFn: (input: { email: string }) => authReset({ body: input, ...ANSWERS_401 }),
    meta: { inPlace: true },
  })
}

export function useConfirmReset() {
  return useMutation({
    mutationFn: (input: { token: string; password: string }) =>
      authResetConfirm({ body: input, ...ANSWERS_401 }),
    meta: { inPlace: true },
  })
}

export function useLogout(onDone: () => void) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => authLogout(ANSWERS_401),
    onSettled: () => {
      tellTabs({ kind: 'signed-out' })
      client.clear()
      onDone()
    },
  })
}
