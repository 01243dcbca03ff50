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
        const problem = toProblem(error)
        throw problem.status === 429 ? throttled(problem, t('auth.throttled')) : problem
      }
      init.onDone?.()
    },
  })
}

function throttled({ status, code, retryAfterSeconds }: ApiProblem, title: string): ApiProblem {
  return new ApiProblem({ status, code, title, retryAfterSeconds })
}
