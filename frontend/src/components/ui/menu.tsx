import { Check } from 'lucide-react'
import type { DropdownMenu } from 'radix-ui'
import { createContext, type ReactNode, use, useState } from 'react'

import { LateTrigger } from '@/components/ui/late-trigger'
import { late, useLately } from '@/hooks/use-lately'
import { cn } from '@/utils/cn'

export interface MenuProps {
  trigger: ReactNode
  align?: 'start' | 'end'
  side?: 'top' | 'bottom'
  children: ReactNode
}

/** The primitives an open menu is made of, given by the code that opens it. */
export const MenuContext = createContext<typeof DropdownMenu | null>(null)

function useParts(): typeof DropdownMenu {
  const parts = use(MenuContext)
  if (!parts) throw new Error('a menu item stands outside a menu')
  return parts
}

const view = late(() => import('@/components/ui/menu-view'))

/** A dropdown menu. What it needs is fetched when the pointer nears it or it is pressed. */
export function Menu(props: MenuProps) {
  const [code, want] = useLately(view)
  const [asked, setAsked] = useState(false)
  if (code) return <code.MenuView {...props} defaultOpen={asked} />
  return (
    <LateTrigger trigger={props.trigger} popup="menu" want={want} onAsked={() => setAsked(true)} />
  )
}

const ITEM =
  'flex min-h-7 cursor-pointer items-center gap-2 rounded-md px-2 text-sm outline-none select-none data-[disabled]:opacity-50 data-[highlighted]:bg-hover pointer-coarse:min-h-11 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-ink-3'

interface ItemProps {
  icon?: ReactNode
  danger?: boolean
  disabled?: boolean
  onSelect: () => void
  children: ReactNode
}

export function MenuItem({ icon, danger, disabled, onSelect, children }: ItemProps) {
  const parts = useParts()
  return (
    <parts.Item disabled={disabled} onSelect={onSelect} className={cn(ITEM, danger && 'text-bad')}>
      {icon}
      {children}
    </parts.Item>
  )
}

interface CheckItemProps {
  checked: boolean
  onCheckedChange: (checked: boolean) => void
  children: ReactNode
}

/** A choice that can be switched on and off while the menu stays open. */
export function MenuCheckItem({ checked, onCheckedChange, children }: CheckItemProps) {
  const parts = useParts()
  return (
    <parts.CheckboxItem
      checked={checked}
      onCheckedChange={onCheckedChange}
      onSelect={(event) => event.preventDefault()}
      className={ITEM}
    >
      <span className="flex size-4 items-center justify-center">{checked && <Check />}</span>
      {children}
    </parts.CheckboxItem>
  )
}

export function MenuLabel({ children }: { children: ReactNode }) {
  const parts = useParts()
  return <parts.Label className="px-2 py-1 text-xs break-words text-ink-3">{children}</parts.Label>
}

export function MenuSeparator() {
  const parts = useParts()
  return <parts.Separator className="my-1 h-px bg-line" />
}
