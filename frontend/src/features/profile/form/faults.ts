import type { ProfileError } from '@/api/contract'
import type { Path } from '@/features/profile/yaml/plain'

/** What is wrong, by the path of the value it is about: "pain_points/0/weight". */
export type Faults = Readonly<Record<string, string>>

export const NO_FAULTS: Faults = {}

/** The first fault of each value; faults of the text as a whole have no place in a form. */
export function faultsByPath(errors: readonly ProfileError[]): Faults {
  const faults: Record<string, string> = {}
  for (const { path, message, hint } of errors) {
    if (path) faults[path] ??= `${message} ${hint}`.trim()
  }
  return faults
}

/** The fault of a value, or of something in it when only the whole has a field. */
export function faultOf(faults: Faults, path: Path): string | undefined {
  const at = path.join('/')
  return faults[at] ?? Object.entries(faults).find(([each]) => each.startsWith(`${at}/`))?.[1]
}
