import { type FormEvent, useEffect, useRef, useState } from 'react'
import {
  type DefaultValues,
  type FieldValues,
  type Path,
  type Resolver,
  useForm,
  type UseFormReturn,
} from 'react-hook-form'

import type { Problem } from '@/types/problem'
import { asProblem, sortFaults } from '@/utils/problem-fields'

interface ProblemFormInit<T extends FieldValues> {
  defaultValues: DefaultValues<T>
  /** Checks before sending; its messages may be catalogue keys. */
  resolver?: Resolver<T>
  /** Sends; what it throws is shown. Effects of success belong after its `await`. */
  onSubmit: (values: T) => Promise<unknown>
  /** Fields that the API calls otherwise: its name to ours. */
  alias?: Readonly<Record<string, Path<T>>>
}

export interface ProblemForm<T extends FieldValues> {
  form: UseFormReturn<T>
  /** What no field shows: said at the top by <Form>. */
  problem: Problem | null
  pending: boolean
  submit: (event?: FormEvent) => Promise<void>
  /** Forgets what the last sending said. */
  clear: () => void
  /** Fields in sight, kept by the fields themselves. */
  shown: Set<string>
  setElement: (element: HTMLFormElement | null) => void
}

/**
 * A form whose faults stand where they belong: each bad field of a problem
 * document beside its field, the first of them in focus, the rest at the top.
 * A second press while it is being sent does nothing.
 */
export function useProblemForm<T extends FieldValues>(init: ProblemFormInit<T>): ProblemForm<T> {
  const form = useForm<T>({
    defaultValues: init.defaultValues,
    resolver: init.resolver,
    shouldFocusError: false,
  })
  const [problem, setProblem] = useState<Problem | null>(null)
  const [pending, setPending] = useState(false)
  const [attempt, setAttempt] = useState(0)
  const [shown] = useState(() => new Set<string>())
  const [element, setElement] = useState<HTMLFormElement | null>(null)
  const busy = useRef(false)

  // After the faults are drawn, the first bad field in reading order takes the focus.
  useEffect(() => {
    if (attempt === 0) return
    const first =
      element?.querySelector<HTMLElement>('[aria-invalid="true"]:not(div)') ??
      element?.querySelector<HTMLElement>('[data-form-problem]')
    first?.focus()
  }, [attempt, element])

  const send = async (values: T) => {
    setPending(true)
    setProblem(null)
    try {
      await init.onSubmit(values)
    } catch (error) {
      const thrown = asProblem(error)
      const { placed, rest } = sortFaults(thrown.fields, shown, init.alias)
      for (const fault of placed) {
        form.setError(fault.name as Path<T>, { type: 'server', message: fault.message })
      }
      // With every fault beside its field there is nothing more to say at the top.
      if (placed.length === 0 || rest.length > 0) {
        setProblem({ ...pick(thrown), fields: rest })
      }
      setAttempt((n) => n + 1)
    } finally {
      setPending(false)
    }
  }

  const submit = async (event?: FormEvent) => {
    event?.preventDefault()
    // A form inside a form's portal must not send the outer one.
    event?.stopPropagation()
    if (busy.current) return
    busy.current = true
    try {
      await form.handleSubmit(send, () => setAttempt((n) => n + 1))()
    } finally {
      busy.current = false
    }
  }

  return { form, problem, pending, submit, clear: () => setProblem(null), shown, setElement }
}

/** Message and the rest do not spread from an Error: they are read by name. */
function pick(problem: Problem): Problem {
  const { message, status, code, detail, requestId, retryAfterSeconds } = problem
  return { message, status, code, detail, requestId, retryAfterSeconds }
}
