import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'

import { answer, ifVersion } from '@/api/answer'
import { fetchWithin } from '@/api/client'
import type { Message } from '@/api/contract'
import {
  messagesDraft,
  messagesGet,
  messagesUpdate,
  messagesVersions,
  settingsAiGet,
  templatesList,
} from '@/api/gen/sdk.gen'
import type { MessageDraftRequest } from '@/api/gen/types.gen'

export const messageKeys = {
  one: (leadId: string) => ['messages', leadId] as const,
  versions: (leadId: string) => ['messages', leadId, 'versions'] as const,
}

export function messageQuery(leadId: string) {
  return queryOptions({
    queryKey: messageKeys.one(leadId),
    queryFn: async ({ signal }): Promise<Message | null> => {
      // A lead without a message is a normal state: 204, an empty body.
      const message = (await answer(messagesGet({ path: { id: leadId }, signal }))) as
        Partial<Message> | undefined
      return message?.version === undefined ? null : (message as Message)
    },
  })
}

export function versionsQuery(leadId: string) {
  return queryOptions({
    queryKey: messageKeys.versions(leadId),
    queryFn: ({ signal }) => answer(messagesVersions({ path: { id: leadId }, signal })),
  })
}

/** Whether there is a model that could write. */
export const modelQuery = queryOptions({
  queryKey: ['settings', 'ai'] as const,
  queryFn: ({ signal }) => answer(settingsAiGet({ signal })),
})

export const templateChoicesQuery = queryOptions({
  queryKey: ['templates'] as const,
  queryFn: ({ signal }) => answer(templatesList({ signal })),
})

export interface MessageText {
  subject: string
  body: string
}

export type TextAtVersion = MessageText & { version: number }

/** With `autosave` it is one version with what was typed just before; else a version of its own. */
export type Saving = TextAtVersion & { autosave?: boolean }

export async function putMessage(leadId: string, input: Saving): Promise<Message> {
  const { version, ...body } = input
  return answer(messagesUpdate({ path: { id: leadId }, body, headers: ifVersion(version) }))
}

/** A write whose answer is the lead's new message. */
function useMessageWrite<T>(leadId: string, call: (input: T) => Promise<Message>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: call,
    meta: { inPlace: true },
    onSuccess: (message) => {
      client.setQueryData(messageKeys.one(leadId), message)
      void client.invalidateQueries({ queryKey: messageKeys.versions(leadId) })
    },
  })
}

/** Puts a text in the place of the newest version, for undo and going back. */
export function useReplaceMessage(leadId: string) {
  return useMessageWrite(leadId, (input: TextAtVersion) => putMessage(leadId, input))
}

/** A model may think for a while. */
const MODEL_MS = 180_000

export function useDraftMessage(leadId: string) {
  return useMessageWrite(leadId, (order: MessageDraftRequest) =>
    answer(messagesDraft({ path: { id: leadId }, body: order, fetch: fetchWithin(MODEL_MS) })),
  )
}
