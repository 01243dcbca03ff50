/** Rows under their groups, groups and rows in the order in which the server lists them. */
export function grouped<T extends { group: string }>(rows: readonly T[]): [string, T[]][] {
  const groups = new Map<string, T[]>()
  for (const row of rows) groups.set(row.group, [...(groups.get(row.group) ?? []), row])
  return [...groups]
}
