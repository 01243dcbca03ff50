import { createContext, use } from 'react'

/**
 * Where menus, popovers and notes are put. Everything outside a modal dialog
 * is inert and drawn behind it, so a dialog offers itself.
 */
export const PortalContext = createContext<HTMLElement | null>(null)

export function usePortal(): HTMLElement | undefined {
  return use(PortalContext) ?? undefined
}
