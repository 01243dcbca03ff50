import { ChartColumn, Table2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { IconButton } from '@/components/ui/button'
import { cn } from '@/utils/cn'

interface ChartFrameProps {
  label: string
  head: readonly string[]
  /** Each row's first cell is its name. */
  rows: readonly (readonly string[])[]
  className?: string
  children: ReactNode
}

/** A chart and, for who reads figures rather than shapes, the same as a table. */
export function ChartFrame({ label, head, rows, className, children }: ChartFrameProps) {
  const { t } = useTranslation()
  const [table, setTable] = useState(false)
  if (rows.length === 0) return <p className="text-sm text-ink-2">{t('ui.noData')}</p>
  return (
    <figure aria-label={label} className={cn('group/chart relative min-w-0 pe-9', className)}>
      <IconButton
        label={table ? t('ui.asChart') : t('ui.asTable')}
        aria-pressed={table}
        onClick={() => setTable(!table)}
        className="absolute end-0 top-0"
      >
        {table ? <ChartColumn /> : <Table2 />}
      </IconButton>
      {table ? (
        <div role="region" aria-label={label} tabIndex={0} className="max-h-60 overflow-auto">
          <table className="w-full text-sm">
            <thead>
              <tr className="text-xs text-ink-2">
                {head.map((name, i) => (
                  <th
                    key={name}
                    scope="col"
                    className={cn('py-1 font-medium', i === 0 ? 'text-start' : 'ps-4 text-end')}
                  >
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(([name, ...cells], at) => (
                <tr key={at} className="border-t border-line">
                  <th scope="row" className="py-1 text-start font-normal break-words">
                    {name}
                  </th>
                  {cells.map((cell, i) => (
                    <td key={i} className="num ps-4 text-end whitespace-nowrap">
                      {cell}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        children
      )}
    </figure>
  )
}
