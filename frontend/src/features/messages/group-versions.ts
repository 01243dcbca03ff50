interface Version {
  version: number
  at: string
  writer: string
  edited_by: string | null
}

export interface VersionGroup<T extends Version> {
  /** The last of the group: the text that stood at its end. */
  newest: T
  count: number
}

const PAUSE_MS = 10 * 60_000

/**
 * Versions, newest first, with what one person typed without a long pause as
 * one: the text saves itself while one types, and nobody looks for those
 * states. The current version always stands by itself at the head of its group.
 */
export function groupVersions<T extends Version>(versions: readonly T[]): VersionGroup<T>[] {
  const groups: VersionGroup<T>[] = []
  let oldest: T | null = null
  for (const version of versions) {
    const group = groups.at(-1)
    const same =
      oldest !== null &&
      oldest.writer === 'person' &&
      version.writer === 'person' &&
      oldest.edited_by === version.edited_by &&
      Date.parse(oldest.at) - Date.parse(version.at) < PAUSE_MS
    if (group && same) group.count++
    else groups.push({ newest: version, count: 1 })
    oldest = version
  }
  return groups
}
