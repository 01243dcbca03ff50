import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef } from 'react'

import type { ImportPreview } from '@/api/contract'
import { cn } from '@/utils/cn'

const WIDTH = 176

interface DecodedRowsProps {
  preview: ImportPreview
  label: string
  /** The rows shown belong to an earlier choice; new ones are coming. */
  stale?: boolean
}

/** The first rows as they were read; only the columns in view are in the page, so a thousand are no burden. */
export function DecodedRows({ preview, label, stale }: DecodedRowsProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const { columns, rows } = preview
  const view = useVirtualizer({
    horizontal: true,
    count: columns.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => WIDTH,
    isRtl: document.dir === 'rtl',
    overscan: 4,
    initialRect: { width: 1200, height: 320 },
  })
  const shown = view.getVirtualItems()
  const before = shown[0]?.start ?? 0
  const after = view.getTotalSize() - (shown.at(-1)?.end ?? 0)
  return (
    <div
      ref={scroller}
      className={cn('max-h-72 overflow-auto transition-opacity', stale && 'opacity-50')}
      tabIndex={0}
      role="region"
      aria-label={label}
      aria-busy={stale}
    >
      <table
        className="table-fixed text-xs"
        style={{ width: view.getTotalSize() }}
        aria-colcount={columns.length}
      >
        <colgroup>
          <col style={{ width: before }} />
          {shown.map(({ key }) => (
            <col key={key} style={{ width: WIDTH }} />
          ))}
          <col style={{ width: after }} />
        </colgroup>
        <thead className="sticky top-0 bg-bg">
          <tr>
            <td />
            {shown.map(({ index }) => (
              <th
                key={index}
                scope="col"
                aria-colindex={index + 1}
                dir="auto"
                title={columns[index]?.header}
                className="h-7 truncate border-b border-line px-3 text-start font-medium text-ink-3"
              >
                {columns[index]?.header}
              </th>
            ))}
            <td />
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={i}>
              <td />
              {shown.map(({ index }) => (
                <td
                  key={index}
                  dir="auto"
                  title={row[index]}
                  className="h-7 truncate border-b border-line px-3"
                >
                  {row[index]}
                </td>
              ))}
              <td />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
