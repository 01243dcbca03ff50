import type { ReactNode } from 'react'

export interface GridColumn<T> {
  id: string
  title: string
  /** The name under which the server sorts this column; without it, no sorting. */
  sortField?: string
  /** The direction of the first press; letters begin with A, numbers with the highest. */
  sortFirst?: 'asc' | 'desc'
  cell: (row: T) => ReactNode
}

/** A cell by its place; row -1 is the header. */
export interface Place {
  row: number
  col: number
}

/** What people do to the columns themselves. */
export interface ColumnActs {
  resize: (id: string, width: number) => void
  move: (id: string, target: string, side: 'before' | 'after') => void
  step: (id: string, by: -1 | 1) => void
  hide: (id: string) => void
}

export const HEAD_HEIGHT = 32
