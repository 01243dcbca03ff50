import { useMemo } from 'react'

import { findValues, segmentUnits } from '@/utils/segments'

interface PillTextProps {
  text: string
  variables: readonly { name: string; value: string }[]
}

/** A message with what was filled in from the lead shown as pills. */
export function PillText({ text, variables }: PillTextProps) {
  const segments = useMemo(() => {
    const values = variables.map(({ name, value }) => ({ key: name, value }))
    return segmentUnits(text, findValues(text, values))
  }, [text, variables])
  return (
    <span className="break-words whitespace-pre-wrap">
      {segments.map((segment) =>
        segment.keys.length === 0 ? (
          segment.text
        ) : (
          <span
            key={segment.start}
            title={segment.keys[0]?.replaceAll('_', ' ')}
            className="rounded-sm bg-selected box-decoration-clone px-1 py-px text-accent-text"
          >
            {segment.text}
          </span>
        ),
      )}
    </span>
  )
}
