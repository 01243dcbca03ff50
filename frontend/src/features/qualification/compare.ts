import type { Analysis, BreakdownRow, Claim } from '@/api/contract'

interface PartChange {
  part: string
  before: BreakdownRow | undefined
  after: BreakdownRow | undefined
  by: number
}

interface Comparison {
  parts: PartChange[]
  gained: Claim[]
  lost: Claim[]
  kept: number
}

/** What is different in the second of two analyses of one lead. */
export function compareAnalyses(before: Analysis, after: Analysis): Comparison {
  const names = [...new Set([...before.breakdown, ...after.breakdown].map((row) => row.part))]
  const row = (rows: readonly BreakdownRow[], part: string) => rows.find((r) => r.part === part)
  const parts = names.map((part) => {
    const [was, is] = [row(before.breakdown, part), row(after.breakdown, part)]
    return { part, before: was, after: is, by: (is?.points ?? 0) - (was?.points ?? 0) }
  })
  const [old, fresh] = [new Set(before.claims.map(identity)), new Set(after.claims.map(identity))]
  return {
    parts,
    gained: after.claims.filter((claim) => !old.has(identity(claim))),
    lost: before.claims.filter((claim) => !fresh.has(identity(claim))),
    kept: after.claims.filter((claim) => old.has(identity(claim))).length,
  }
}

/** Two analyses make the same claim when they say the same of the same words. */
function identity({ part, id, value, field, quote }: Claim): string {
  return JSON.stringify([part, id ?? '', value ?? '', field, quote])
}
