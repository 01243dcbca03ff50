import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'

import { toProblem } from '@/api/problem'
import { usePreviewImport } from '@/features/imports/queries'

/** Sends a file to be read, then goes on to its columns; can be stopped and tried again. */
export function useUpload() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const preview = usePreviewImport()
  const [part, setPart] = useState(0)
  const stopper = useRef<AbortController>(null)

  const send = async (file: File) => {
    // A second press while one file is under way does nothing.
    if (stopper.current) return
    const stop = new AbortController()
    stopper.current = stop
    setPart(0)
    try {
      const read = await preview.mutateAsync({ file, onProgress: setPart, signal: stop.signal })
      if (!stop.signal.aborted) void navigate(`/imports/new?import=${read.import.id}`)
    } catch {
      // The problem is shown in place.
    } finally {
      stopper.current = null
    }
  }
  const stop = () => {
    stopper.current?.abort()
    preview.reset()
  }
  const file = preview.variables?.file
  return {
    send: (next: File) => void send(next),
    sendText: (text: string) =>
      void send(new File([text], `${t('import.pasted')}.txt`, { type: 'text/plain' })),
    stop,
    part,
    file,
    reading: preview.isPending,
    problem: preview.error ? toProblem(preview.error) : null,
    again: () => file && void send(file),
  }
}
