import { ChevronDown, MoreHorizontal, Plus, Users } from 'lucide-react'
import { type DragEvent, type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { Button, IconButton } from '@/components/ui/button'
import { Menu, MenuItem } from '@/components/ui/menu'
import { useFit } from '@/features/views/use-fit'
import type { SavedViews } from '@/features/views/use-saved-views'
import type { ViewActs } from '@/features/views/use-view-acts'
import type { SavedView } from '@/features/views/view-state'
import { cn } from '@/utils/cn'

interface ViewTabsProps {
  model: SavedViews
  acts: ViewActs
  /** What can be done with the view that shows; nothing for all leads. */
  menu: ReactNode
  /** Nothing where the viewer may not add one. */
  onAdd?: () => void
}

const DRAG = 'application/x-winnow-view'
const TAB =
  'flex h-8 max-w-48 items-center gap-1.5 rounded-md px-2.5 focus-visible:-outline-offset-2 text-sm text-ink-2 hover:bg-hover hover:text-ink aria-[current]:bg-selected aria-[current]:font-medium aria-[current]:text-ink pointer-coarse:h-11'

/** All leads, one's own views and the shared ones; those without room are in a menu. */
export function ViewTabs({ model, acts, menu, onAdd }: ViewTabsProps) {
  const { t } = useTranslation()
  const { list, views, active, changed } = model
  const [over, setOver] = useState<string | null>(null)
  const [said, setSaid] = useState('')
  const ref = useRef<HTMLUListElement>(null)
  const fits = useFit(ref, views.map((each) => `${each.id} ${each.name}`).join('\n'))
  const hidden = views.slice(Math.max(0, fits - 1))
  const outOfSight = active && hidden.some((each) => each.id === active.id)
  const mine = views.filter((each) => each.mine)

  const move = (view: SavedView, to: number) => {
    acts.move(view.id, to)
    const place = Math.min(Math.max(to, 0), mine.length - 1)
    setSaid(t('view.movedTo', { name: view.name, n: place + 1, count: mine.length }))
  }
  const onDrop = (event: DragEvent, target: SavedView) => {
    setOver(null)
    const view = mine.find((each) => each.id === event.dataTransfer.getData(DRAG))
    if (!view || !target.mine) return
    event.preventDefault()
    move(view, mine.indexOf(target))
  }
  const onKeyDown = (event: KeyboardEvent, index: number) => {
    const rtl = getComputedStyle(event.currentTarget).direction === 'rtl'
    const step = { ArrowLeft: rtl ? 1 : -1, ArrowRight: rtl ? -1 : 1 }[event.key]
    if (!step || event.altKey || event.metaKey || event.ctrlKey) return
    event.preventDefault()
    const view = views[index - 1]
    if (!event.shiftKey) ref.current?.querySelectorAll<HTMLElement>('a')[index + step]?.focus()
    else if (view?.mine) move(view, mine.indexOf(view) + step)
  }
  const dot = changed.length > 0 && (
    <span className="size-1.5 shrink-0 rounded-full bg-accent" title={t('view.changed')}>
      <span className="sr-only">{t('view.changed')}</span>
    </span>
  )

  return (
    <nav aria-label={t('view.many')} className="flex min-w-0 flex-1 items-center gap-1">
      <ul
        ref={ref}
        className="flex h-8 min-w-0 flex-wrap gap-1 overflow-hidden pointer-coarse:h-11"
      >
        <li>
          <Link
            to={list.hrefOf('', list.initial)}
            aria-current={active ? undefined : 'page'}
            onKeyDown={(event) => onKeyDown(event, 0)}
            className={TAB}
          >
            {t('view.all')}
            {!active && dot}
          </Link>
        </li>
        {views.map((view, at) => (
          <li
            key={view.id}
            inert={at + 1 >= fits}
            draggable={view.mine}
            onDragStart={(event) => event.dataTransfer.setData(DRAG, view.id)}
            onDragOver={(event) => {
              if (!view.mine || !event.dataTransfer.types.includes(DRAG)) return
              event.preventDefault()
              setOver(view.id)
            }}
            onDragLeave={() => setOver(null)}
            onDragEnd={() => setOver(null)}
            onDrop={(event) => onDrop(event, view)}
            className={cn('rounded-md', over === view.id && 'outline-2 outline-accent')}
          >
            <Link
              to={list.hrefOf(view.id, view)}
              draggable={false}
              title={view.name}
              aria-current={view.id === active?.id ? 'page' : undefined}
              onKeyDown={(event) => onKeyDown(event, at + 1)}
              className={TAB}
            >
              <bdi className="truncate">{view.name}</bdi>
              {view.shared && <SharedMark />}
              {view.id === active?.id && dot}
            </Link>
          </li>
        ))}
      </ul>
      {hidden.length > 0 && (
        <Menu
          align="start"
          trigger={
            <Button
              variant="ghost"
              className={cn('max-w-48 px-2', outOfSight && 'bg-selected font-medium text-ink')}
            >
              <bdi className="truncate">
                {outOfSight ? active.name : t('view.more', { count: hidden.length })}
              </bdi>
              {outOfSight && dot}
              <ChevronDown aria-hidden />
            </Button>
          }
        >
          {hidden.map((view) => (
            <MenuItem key={view.id} onSelect={() => list.show(view.id, view, true)}>
              <bdi className="min-w-0 flex-1 truncate">{view.name}</bdi>
              {view.shared && <SharedMark />}
            </MenuItem>
          ))}
        </Menu>
      )}
      {active && (
        <Menu
          align="start"
          trigger={
            <IconButton label={t('view.menu', { name: active.name })}>
              <MoreHorizontal />
            </IconButton>
          }
        >
          {menu}
        </Menu>
      )}
      {onAdd && (
        <IconButton label={t('view.add')} onClick={onAdd}>
          <Plus />
        </IconButton>
      )}
      <span role="status" className="sr-only">
        {said}
      </span>
    </nav>
  )
}

function SharedMark() {
  const { t } = useTranslation()
  return (
    <>
      <Users aria-hidden className="size-3.5 shrink-0 text-ink-3" />
      <span className="sr-only">{t('view.shared')}</span>
    </>
  )
}
