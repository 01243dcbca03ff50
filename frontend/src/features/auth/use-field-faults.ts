import { useEffect } from 'react'
import type { FieldValues, Path, UseFormSetError } from 'react-hook-form'

import { toProblem } from '@/api/problem'

/** Puts the server's complaints beside the fields they are about. */
export function useFieldFaults<T extends FieldValues>(
  error: unknown,
  names: readonly Path<T>[],
  setError: UseFormSetError<T>,
): void {
  useEffect(() => {
    if (!error) return
    for (const fault of toProblem(error).fields) {
      const name = names.find((each) => each === fault.name)
      if (name) setError(name, { type: 'server', message: fault.message })
    }
    // `names` is a literal at every call; only a new answer matters.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [error, setError])
}
