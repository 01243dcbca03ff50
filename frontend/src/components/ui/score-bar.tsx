/** A score from 0 to 100 as number with a thin bar. */
export function ScoreBar({ score }: { score: number | null }) {
  if (score === null) return <span className="text-ink-3">–</span>
  return (
    <span className="inline-flex items-center gap-2">
      <span className="num w-6 text-end">{Math.round(score)}</span>
      <span aria-hidden className="h-1 w-10 rounded-full bg-line">
        <span
          className="block h-full rounded-full bg-ink-3"
          style={{ width: `${Math.min(100, Math.max(0, score))}%` }}
        />
      </span>
    </span>
  )
}
