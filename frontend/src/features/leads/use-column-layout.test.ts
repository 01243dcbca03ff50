import { act, renderHook } from '@testing-library/react'

import { forgetLayout, showLayout, useColumnLayout } from '@/features/leads/use-column-layout'

const order = (columns: readonly { id: string }[]) => columns.slice(0, 3).map(({ id }) => id)

describe('the arrangement of columns', () => {
  it('is one for all who ask, kept, and can be put back', () => {
    const one = renderHook(() => useColumnLayout())
    const two = renderHook(() => useColumnLayout())
    act(() => one.result.current.setColumns([{ id: 'name' }, { id: 'company' }, { id: 'grade' }]))
    expect(order(two.result.current.columns)).toEqual(['name', 'company', 'grade'])
    const kept = JSON.parse(localStorage.getItem('winnow.leads.layout') ?? '') as { id: string }[]
    expect(order(kept)).toEqual(['name', 'company', 'grade'])
    act(() => two.result.current.reset())
    expect(order(one.result.current.columns)).toEqual(['name', 'grade', 'score'])
    expect(localStorage.getItem('winnow.leads.layout')).toBeNull()
  })

  it('follows another tab, and survives what it cannot read', () => {
    const { result } = renderHook(() => useColumnLayout())
    localStorage.setItem('winnow.leads.layout', JSON.stringify([{ id: 'name' }, { id: 'status' }]))
    act(() => void dispatchEvent(new StorageEvent('storage', { key: 'winnow.leads.layout' })))
    expect(result.current.columns[1]?.id).toBe('status')
    localStorage.setItem('winnow.leads.layout', '{broken')
    act(() => void dispatchEvent(new StorageEvent('storage', { key: 'winnow.leads.layout' })))
    expect(result.current.columns[1]?.id).toBe('grade')
  })

  it('keeps an arrangement for each saved view, apart from that of all leads', () => {
    const { result } = renderHook(() => useColumnLayout())
    act(() => result.current.setColumns([{ id: 'name' }, { id: 'owner' }]))
    act(() => showLayout('v1', [{ id: 'name' }, { id: 'email' }]))
    expect(order(result.current.columns).slice(0, 2)).toEqual(['name', 'email'])
    act(() => result.current.setColumns([{ id: 'name' }, { id: 'tags' }]))
    act(() => showLayout('', []))
    expect(order(result.current.columns).slice(0, 2)).toEqual(['name', 'owner'])
    act(() => showLayout('v1', [{ id: 'name' }, { id: 'email' }]))
    expect(order(result.current.columns).slice(0, 2)).toEqual(['name', 'tags'])
    act(() => forgetLayout('v1'))
    expect(order(result.current.columns).slice(0, 2)).toEqual(['name', 'email'])
    act(() => showLayout('', []))
    act(() => result.current.reset())
  })
})
