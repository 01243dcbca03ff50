import { Table2, TrendingUp } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import type { Overview } from '@/api/contract'
import { Panel } from '@/components/layout/panel'
import { IconButton } from '@/components/ui/button'
import { formatDay, formatNumber } from '@/utils/format'

type Trend = Overview['trend']

const WIDTH = 640
const HEIGHT = 150

/** Leads found and qualified by day: zero-based columns, one inside the other, or a table. */
export function TrendChart({ trend, className }: { trend: Trend; className?: string }) {
  const { t } = useTranslation()
  const [table, setTable] = useState(false)
  const most = Math.max(0, ...trend.map((day) => day.found))
  return (
    <Panel
      title={t('home.trend')}
      className={className}
      actions={
        most > 0 && (
          <IconButton
            label={table ? t('home.asChart') : t('home.asTable')}
            onClick={() => setTable(!table)}
          >
            {table ? <TrendingUp /> : <Table2 />}
          </IconButton>
        )
      }
    >
      {most === 0 ? (
        <p className="text-sm text-ink-2">{t('home.trendNone')}</p>
      ) : table ? (
        <TrendTable trend={trend} />
      ) : (
        <Columns trend={trend} most={most} />
      )}
    </Panel>
  )
}

function dayHref(date: string): string {
  return `/leads?filter=${encodeURIComponent(`created_at = ${date}`)}`
}

function Columns({ trend, most }: { trend: Trend; most: number }) {
  const { t } = useTranslation()
  const step = WIDTH / trend.length
  const bar = Math.max(2, step * 0.7)
  const height = (count: number) => (HEIGHT * count) / most
  const [first, last] = [trend[0], trend.at(-1)]
  return (
    <figure>
      <div className="num mb-1 flex items-center gap-4 text-xs text-ink-2">
        <span className="flex items-center gap-1.5">
          <span aria-hidden className="size-2.5 rounded-sm bg-line-strong" />
          {t('home.found')}
        </span>
        <span className="flex items-center gap-1.5">
          <span aria-hidden className="size-2.5 rounded-sm bg-grade-aplus" />
          {t('home.qualified')}
        </span>
        <span className="ms-auto">{formatNumber(most)}</span>
      </div>
      <div className="relative">
        <svg
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={t('home.trend')}
          className="h-36 w-full border-y border-line"
        >
          {trend.map((day, i) => (
            <g key={day.date}>
              <rect x={i * step} y={0} width={step} height={HEIGHT} className="fill-transparent" />
              <rect
                x={i * step + (step - bar) / 2}
                y={HEIGHT - height(day.found)}
                width={bar}
                height={height(day.found)}
                className="fill-line-strong"
              />
              <rect
                x={i * step + (step - bar) / 2}
                y={HEIGHT - height(day.qualified)}
                width={bar}
                height={height(day.qualified)}
                className="fill-grade-aplus"
              />
            </g>
          ))}
        </svg>
        <div className="absolute inset-0 flex">
          {trend.map((day) => (
            <Link
              key={day.date}
              to={dayHref(day.date)}
              // One stop for the whole chart would say less than the table, which has them all.
              tabIndex={-1}
              title={t('home.openDay', {
                day: formatDay(day.date),
                found: formatNumber(day.found),
                qualified: formatNumber(day.qualified),
              })}
              aria-hidden
              className="h-full flex-1 hover:bg-ink/5"
            />
          ))}
        </div>
      </div>
      <figcaption className="mt-1 flex justify-between text-xs text-ink-3">
        <span>{first && formatDay(first.date)}</span>
        <span>{last && formatDay(last.date)}</span>
      </figcaption>
    </figure>
  )
}

function TrendTable({ trend }: { trend: Trend }) {
  const { t } = useTranslation()
  return (
    <div
      className="max-h-48 overflow-y-auto"
      tabIndex={0}
      role="region"
      aria-label={t('home.trend')}
    >
      <table className="w-full text-sm">
        <thead>
          <tr className="text-xs text-ink-3">
            <th scope="col" className="text-start font-medium">
              {t('home.date')}
            </th>
            <th scope="col" className="text-end font-medium">
              {t('home.found')}
            </th>
            <th scope="col" className="text-end font-medium">
              {t('home.qualified')}
            </th>
          </tr>
        </thead>
        <tbody>
          {[...trend].reverse().map((day) => (
            <tr key={day.date} className="border-t border-line">
              <th scope="row" className="h-7 text-start font-normal">
                <Link to={dayHref(day.date)} className="hover:underline">
                  {formatDay(day.date)}
                </Link>
              </th>
              <td className="text-end">{formatNumber(day.found)}</td>
              <td className="text-end">{formatNumber(day.qualified)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
