import type { ProfileError, ProfileKind } from '@/api/contract'
import { placesOf, type Step } from '@/features/profile/wizard/steps'
import { type Path, valueAt } from '@/features/profile/yaml/plain'
import { readYaml } from '@/features/profile/yaml/read'

export type ErrorsOf = Readonly<Partial<Record<ProfileKind, readonly ProfileError[]>>>

/** The faults that a step can mend: those at its values, and those of a group that holds one of them. */
export function faultsOf(step: Step, errors: ErrorsOf): ErrorsOf {
  const out: Partial<Record<ProfileKind, ProfileError[]>> = {}
  for (const { doc, path } of placesOf(step)) {
    const at = path.join('/')
    for (const error of errors[doc] ?? []) {
      const meant = error.path === at || error.path.startsWith(`${at}/`)
      const around = error.path !== '' && at.startsWith(`${error.path}/`)
      if (meant || around) (out[doc] ??= []).push(around ? { ...error, path: at } : error)
    }
  }
  return out
}

export function anyOf(errors: ErrorsOf): boolean {
  return Object.values(errors).some((list) => list.length > 0)
}

/** Whether nothing is given where a fault is: then "fill this in" says it better than the schema does. */
export function isEmptyAt(text: string, error: ProfileError): boolean {
  const path: Path = error.path.split('/').map((step) => (/^\d+$/.test(step) ? Number(step) : step))
  const value = valueAt(readYaml(text).values, path)
  if (Array.isArray(value)) return value.length === 0
  return value === undefined || value === null || (typeof value === 'string' && !value.trim())
}
