import { renderHook } from '@testing-library/react'

import { dismissToast, toast, undoNewest, undoToast, useToasts } from '@/components/feedback/toast'

afterEach(() => {
  const { result } = renderHook(useToasts)
  result.current.forEach((item) => dismissToast(item.id))
})

it('takes back the newest change first, each once', () => {
  const [older, newer] = [vi.fn(), vi.fn()]
  toast({ title: 'One', undo: older })
  toast({ title: 'Two', undo: newer })
  toast({ title: 'Nothing to take back' })
  expect(undoNewest()).toBe(true)
  expect([older, newer].map((f) => f.mock.calls.length)).toEqual([0, 1])
  expect([undoNewest(), undoNewest()]).toEqual([true, false])
  expect([older, newer].map((f) => f.mock.calls.length)).toEqual([1, 1])
})

it('says so when a change could not be taken back', async () => {
  toast({ title: 'One', undo: () => Promise.reject(new Error('It was changed since.')) })
  const { result } = renderHook(useToasts)
  await undoToast(result.current[0]!.id)
  const again = renderHook(useToasts)
  expect(again.result.current).toMatchObject([{ tone: 'bad', detail: 'It was changed since.' }])
})
