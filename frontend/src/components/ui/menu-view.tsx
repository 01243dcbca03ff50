import { DropdownMenu } from 'radix-ui'

import { MenuContext, type MenuProps } from '@/components/ui/menu'
import { usePortal } from '@/components/ui/portal'

/** The opened side of a menu. Not modal: Radix's scroll lock would inject a style element. */
export function MenuView(props: MenuProps & { defaultOpen: boolean }) {
  const { trigger, align = 'end', side = 'bottom', defaultOpen, children } = props
  const container = usePortal()
  return (
    <DropdownMenu.Root modal={false} defaultOpen={defaultOpen}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal container={container}>
        <DropdownMenu.Content
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          className="z-50 max-h-[var(--radix-dropdown-menu-content-available-height)] max-w-80 min-w-44 animate-rise overflow-y-auto rounded-lg border border-line bg-surface p-1 shadow-pop"
        >
          <MenuContext value={DropdownMenu}>{children}</MenuContext>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
