import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'

import { get, ifVersion, post, put } from '@/api/client'
import type { Message, MessageVersion } from '@/api/contract'
import { toProblem } from '@/api/problem'

export const messageKeys = {
  one: (leadId: string) => ['messages', leadId] as const,
  versions: (leadId: string) => ['messages', leadId, 'versions'] as const,
}

export function messageQuery(leadId: string) {
  return queryOptions({
    queryKey: messageKeys.one(leadId),
    queryFn: async ({ signal }): Promise<Message | null> => {
      try {
        return await get<Message>(`/leads/${leadId}/message`, { signal })
      } catch (error) {
        // A lead without a message is a normal state, not a fault.
        if (toProblem(error).status === 404) return null
        throw error
      }
    },
  })
}

export function versionsQuery(leadId: string) {
  return queryOptions({
    queryKey: messageKeys.versions(leadId),
    queryFn: ({ signal }) =>
      get<{ items: MessageVersion[] }>(`/leads/${leadId}/message/versions`, { signal }),
  })
}

export interface MessageText {
  subject: string
  body: string
}

export function useSaveMessage(leadId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ version, ...text }: MessageText & { version: number }) =>
      put<Message>(`/leads/${leadId}/message`, text, ifVersion(version)),
    meta: { inPlace: true },
    onSuccess: (message) => {
      client.setQueryData(messageKeys.one(leadId), message)
      void client.invalidateQueries({ queryKey: messageKeys.versions(leadId) })
    },
  })
}

export function useDraftMessage(leadId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (writer: 'template' | 'llm') =>
      post<Message>(`/leads/${leadId}/message`, { writer }, { timeout: 180_000 }),
    meta: { inPlace: true },
    onSuccess: (message) => {
      client.setQueryData(messageKeys.one(leadId), message)
      void client.invalidateQueries({ queryKey: messageKeys.versions(leadId) })
    },
  })
}
