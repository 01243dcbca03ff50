import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'

import type { Message } from '@/api/contract'
import { type ApiProblem, toProblem } from '@/api/problem'
import { forgetText, keepText, keptText, sameText } from '@/features/messages/kept-text'
import {
  messageKeys,
  type MessageText,
  putMessage,
  type Saving,
  type TextAtVersion,
} from '@/features/messages/queries'

const REST_MS = 2500
const RETRY_MS = 10_000

export type SaveState = 'saved' | 'waiting' | 'saving' | 'offline' | 'failed' | 'conflict'

/**
 * The text that is being edited. It saves itself once typing rests, guarded by
 * the version it was made from; until then it is kept in this tab. A newer
 * version of somebody else's is taken over where nothing was typed, and set
 * against one's own where something was.
 */
export function useMessageText(message: Message) {
  const client = useQueryClient()
  const leadId = message.lead_id
  const [kept] = useState(() => keptText(leadId))
  const [restored, setRestored] = useState(() => kept !== null && !sameText(kept.text, message))
  const [base, setBase] = useState<TextAtVersion>(() =>
    restored ? kept!.base : atVersion(message),
  )
  const [text, setText] = useState<MessageText>(() => (restored ? kept!.text : atVersion(message)))
  const dirty = !sameText(text, base)
  const newer = message.version > base.version

  // Somebody else's version, and nothing of one's own: shown as it is.
  if (newer && (!dirty || sameText(text, message))) {
    setBase(atVersion(message))
    if (!sameText(text, message)) setText(atVersion(message))
  }
  const theirs = newer && dirty && !sameText(text, message) ? message : null

  const save = useMutation({
    scope: { id: `message:${leadId}` },
    meta: { inPlace: true },
    mutationFn: (input: Saving) => putMessage(leadId, input),
    onSuccess: (saved) => {
      setBase(atVersion(saved))
      setRestored(false)
      client.setQueryData(messageKeys.one(leadId), saved)
      void client.invalidateQueries({ queryKey: messageKeys.versions(leadId) })
    },
    onError: (error) => {
      if (toProblem(error).status === 412) {
        void client.invalidateQueries({ queryKey: messageKeys.one(leadId), exact: true })
      }
    },
  })
  const problem: ApiProblem | null = save.error && dirty ? toProblem(save.error) : null
  const again = problem !== null && isPassing(problem.status)
  const empty = !text.subject.trim() || !text.body.trim()
  const mayTry = dirty && !empty && !theirs && !save.isPending && (problem === null || again)
  const send = () => {
    if (mayTry) save.mutate({ ...text, version: base.version, autosave: true })
  }

  // What was typed is kept here until the server has it.
  useEffect(() => {
    if (dirty) keepText(leadId, { text, base })
    else forgetText(leadId)
  }, [leadId, dirty, text, base])

  const latest = useRef(send)
  useEffect(() => {
    latest.current = send
  })
  useEffect(() => {
    if (!mayTry) return
    const timer = setTimeout(() => latest.current(), again ? RETRY_MS : REST_MS)
    const online = () => latest.current()
    window.addEventListener('online', online)
    return () => {
      clearTimeout(timer)
      window.removeEventListener('online', online)
    }
  }, [mayTry, again, text])
  // Leaving the lead does not wait for typing to rest.
  useEffect(() => () => latest.current(), [])

  const state: SaveState = theirs
    ? 'conflict'
    : save.isPaused
      ? 'offline'
      : save.isPending
        ? 'saving'
        : problem
          ? 'failed'
          : dirty
            ? 'waiting'
            : 'saved'
  return {
    text,
    state,
    problem,
    theirs,
    restored: restored && dirty,
    empty,
    change: (part: Partial<MessageText>) => {
      save.reset()
      setText((now) => ({ ...now, ...part }))
    },
    /** Saves now, without waiting. */
    flush: send,
    /** Goes on with one's own text over theirs. */
    keepMine: () => {
      if (theirs) save.mutate({ ...text, version: theirs.version })
    },
    takeTheirs: () => {
      save.reset()
      setBase(atVersion(message))
      setText(atVersion(message))
    },
  }
}

function atVersion({ subject, body, version }: TextAtVersion): TextAtVersion {
  return { subject, body, version }
}

/** Faults that pass: no answer, an ended session, a server that is busy or broken. */
function isPassing(status: number): boolean {
  return status === 0 || status === 401 || status === 429 || status >= 500
}
