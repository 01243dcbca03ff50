import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { answer, ifVersion } from '@/api/answer'
import type { Duplicate } from '@/api/contract'
import { duplicatesJudge, mergesUndo } from '@/api/gen/sdk.gen'
import type { DuplicateVerdict } from '@/api/gen/types.gen'
import { toProblem } from '@/api/problem'
import { dismissToast, toast } from '@/components/feedback/toast'
import { requestOf, type Wish } from '@/features/duplicates/compare'
import { leadName } from '@/features/duplicates/field-words'
import { dropPair } from '@/features/duplicates/queue-cache'
import { renew, renewOthers, reopen, useUndoOrAsk } from '@/features/duplicates/use-merge'

export type Verdict = DuplicateVerdict['verdict']

/** A verdict that was given and can be taken back. */
interface Given {
  pair: string
  takeBack: () => Promise<boolean>
  /** The word of it, which goes when it is taken back another way. */
  toast?: number
}

export interface Verdicts {
  /** Pairs whose verdict is on its way: they are out of the queue already. */
  judging: ReadonlySet<string>
  judge: (pair: Duplicate, verdict: Verdict, wish: Wish) => void
  /** Takes the newest verdict back; false when there is none. */
  undoLast: () => unknown
}

function bodyOf(pair: Duplicate, verdict: Verdict, wish: Wish): DuplicateVerdict {
  if (verdict !== 'merge') return { verdict }
  const { survivor_id, fields, rule, rules, versions } = requestOf(wish, [pair.a, pair.b])
  return { verdict, survivor_id, fields, rule, rules, versions }
}

/** Verdicts on pairs: out of the queue at once, back with a word when refused, each with an undo. */
export function useVerdicts(onBack: (pairId: string) => void): Verdicts {
  const { t } = useTranslation()
  const client = useQueryClient()
  const undoOrAsk = useUndoOrAsk()
  const [judging, setJudging] = useState<ReadonlySet<string>>(new Set())
  // A second press of a key comes before the first is drawn.
  const busy = useRef(new Set<string>())
  const given = useRef<Given[]>([])
  const underway = useRef<Promise<unknown>>(Promise.resolve())

  const mark = (id: string, on: boolean) => {
    if (on) busy.current.add(id)
    else busy.current.delete(id)
    setJudging(new Set(busy.current))
  }

  const takeBack = async (entry: Given) => {
    given.current = given.current.filter((each) => each !== entry)
    // Where a merge's undoing asks something, the lead's page goes on with it.
    if (!(await entry.takeBack())) return
    await renew(client)
    onBack(entry.pair)
  }

  const judge = async (pair: Duplicate, verdict: Verdict, wish: Wish) => {
    mark(pair.id, true)
    try {
      const done = await answer(
        duplicatesJudge({
          path: { id: pair.id },
          body: bodyOf(pair, verdict, wish),
          headers: ifVersion(pair.version),
        }),
      )
      dropPair(client, pair.id)
      void renewOthers(client)
      const merge = done.merge
      const mergeId = merge?.merge_id
      const words = {
        title: t(`duplicate.said.${verdict}`),
        detail: `${leadName(pair.a, t)} · ${leadName(pair.b, t)}`,
      }
      // Taking a verdict back is none that could be taken back.
      if (verdict === 'open') return void toast(words)
      const entry: Given = {
        pair: pair.id,
        takeBack: async () => {
          const undo = () => answer(mergesUndo({ path: { id: mergeId ?? '' }, body: {} }))
          if (mergeId && !(await undoOrAsk(mergeId, merge.survivor.id, undo))) return false
          await reopen(pair.id, mergeId ? undefined : done.pair.version)
          return true
        },
      }
      given.current.push(entry)
      entry.toast = toast({ ...words, undo: () => takeBack(entry) })
    } catch (error) {
      toast({
        tone: 'bad',
        title: t('duplicate.notJudged', { name: leadName(pair.a, t) }),
        detail: toProblem(error).message,
      })
      void renew(client)
    } finally {
      mark(pair.id, false)
    }
  }

  const undoLast = () => {
    if (given.current.length === 0 && busy.current.size === 0) return false
    // A verdict on its way is the newest one, though it has no answer yet.
    void underway.current.then(async () => {
      const last = given.current.at(-1)
      if (!last) return
      if (last.toast !== undefined) dismissToast(last.toast)
      await takeBack(last).catch((error: unknown) =>
        toast({ tone: 'bad', title: t('toast.undoFailed'), detail: toProblem(error).message }),
      )
    })
  }

  return {
    judging,
    judge: (pair, verdict, wish) => {
      if (busy.current.has(pair.id)) return
      const done = judge(pair, verdict, wish)
      underway.current = Promise.all([underway.current, done])
    },
    undoLast,
  }
}
