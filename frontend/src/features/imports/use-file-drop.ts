import { useEffect, useEffectEvent, useState } from 'react'

/** Takes a file dropped or text pasted anywhere on the page; tells whether one hovers. */
export function useFileDrop(onFile: (file: File) => void, onText: (text: string) => void): boolean {
  const [over, setOver] = useState(false)
  const take = useEffectEvent((event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const file = event.dataTransfer?.files[0]
    if (file) onFile(file)
  })
  const paste = useEffectEvent((event: ClipboardEvent) => {
    if (event.target instanceof HTMLElement && event.target.closest('input, textarea')) return
    const file = event.clipboardData?.files[0]
    if (file) return onFile(file)
    const text = event.clipboardData?.getData('text/plain')
    if (text?.trim()) onText(text)
  })
  useEffect(() => {
    const hover = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return
      event.preventDefault()
      setOver(true)
    }
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false)
    }
    const drop = (event: DragEvent) => take(event)
    const pasted = (event: ClipboardEvent) => paste(event)
    window.addEventListener('dragover', hover)
    window.addEventListener('dragleave', leave)
    window.addEventListener('drop', drop)
    window.addEventListener('paste', pasted)
    return () => {
      window.removeEventListener('dragover', hover)
      window.removeEventListener('dragleave', leave)
      window.removeEventListener('drop', drop)
      window.removeEventListener('paste', pasted)
    }
  }, [])
  return over
}
