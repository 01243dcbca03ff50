import { zodResolver } from '@hookform/resolvers/zod'
import type { DefaultValues, FieldValues } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import type { ZodMiniType } from 'zod/mini'

import { ApiProblem, toProblem } from '@/api/problem'
import { type ProblemForm, useProblemForm } from '@/components/form/use-problem-form'

interface AuthFormInit<T extends FieldValues> {
  schema: ZodMiniType<T, T>
  defaultValues: DefaultValues<T>
  send: (values: T) => Promise<unknown>
  onDone?: () => void
}

/** The one form behind signing in, setting up, joining and choosing a new password. */
export function useAuthForm<T extends FieldValues>(init: AuthFormInit<T>): ProblemForm<T> {
  const { t } = useTranslation()
  return useProblemForm<T>({
    defaultValues: init.defaultValues,
    resolver: zodResolver(init.schema),
    onSubmit: async (values) => {
      try {
        await init.send(values)
      } catch (error) {
        throw plain(toProblem(error), t('auth.throttled'))
      }
      init.onDone?.()
    },
  })
}

/** What a person can do something about; the number of a request is for faults of the server. */
function plain(problem: ApiProblem, throttled: string): ApiProblem {
  const { status, code, message, fields, retryAfterSeconds } = problem
  if (status >= 500) return problem
  return new ApiProblem({
    status,
    code,
    title: status === 429 ? throttled : message,
    // The token stands in the link, not in the form: the title says what is wrong with it.
    fields: fields.filter(({ name }) => name !== 'token'),
    retryAfterSeconds,
  })
}
