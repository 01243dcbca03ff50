import type { ReactNode } from 'react'

/** A part of the kit under a heading that the index links to. */
export function Section({
  id,
  title,
  children,
}: {
  id: string
  title: string
  children: ReactNode
}) {
  return (
    <section id={id} aria-labelledby={`${id}-title`} className="scroll-mt-4">
      <h2 id={`${id}-title`} className="mb-3 text-lg font-semibold">
        {title}
      </h2>
      <div className="grid gap-4 md:grid-cols-2 2xl:grid-cols-3">{children}</div>
    </section>
  )
}

/** One component in one state. */
export function Case({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col gap-3 rounded-lg border border-line bg-surface p-4">
      <p className="text-xs text-ink-2">{name}</p>
      <div className="flex min-w-0 flex-wrap items-start gap-2">{children}</div>
    </div>
  )
}
