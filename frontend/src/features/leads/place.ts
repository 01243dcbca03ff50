import { useEffect } from 'react'
import { useLocation } from 'react-router'

const KEY = 'winnow.leads.place'

/** Keeps, for this tab, what the list showed last, so that a lead's page knows its neighbours and the way back. */
export function useRememberPlace(): void {
  const { search } = useLocation()
  useEffect(() => {
    try {
      sessionStorage.setItem(KEY, search || '?')
    } catch {
      // Without storage the way back leads to the whole list.
    }
  }, [search])
}

/** The list's address as it was last seen in this tab: "?…", or null when it was not. */
export function readPlace(): string | null {
  try {
    return sessionStorage.getItem(KEY)
  } catch {
    return null
  }
}

const LAST = 'winnow.leads.last'

/** Keeps which lead was open last, so that the list comes back at it. */
export function useRememberLead(id: string): void {
  useEffect(() => {
    try {
      sessionStorage.setItem(LAST, id)
    } catch {
      // Without storage the list comes back at its top.
    }
  }, [id])
}

export function readLastLead(): string | null {
  try {
    return sessionStorage.getItem(LAST)
  } catch {
    return null
  }
}
