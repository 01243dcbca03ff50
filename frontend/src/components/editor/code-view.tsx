import { Compartment, EditorState } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'

import { baseExtensions, type EditorFault, showFaults } from '@/components/editor/extensions'
import { cn } from '@/utils/cn'

export interface YamlEditorProps {
  value: string
  onChange?: (value: string) => void
  label: string
  readOnly?: boolean
  /** Faults with one-based line and column. */
  faults?: readonly EditorFault[]
  /** Puts the cursor there; a new object goes there again. */
  goTo?: { line: number; column: number } | null
  /** A height of its own; otherwise it fills its place. */
  className?: string
}

const NONE: readonly EditorFault[] = []

/** CodeMirror in a shadow root: there its styles need no style element, which the page's policy refuses. */
export function CodeView(props: YamlEditorProps) {
  const { value, onChange, label, readOnly = false, faults = NONE, goTo, className } = props
  const { t } = useTranslation()
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | null>(null)
  const mode = useRef(new Compartment())
  const latest = useRef({ value, onChange })
  useEffect(() => {
    latest.current = { value, onChange }
  })

  useEffect(() => {
    const element = host.current!
    const root = element.shadowRoot ?? element.attachShadow({ mode: 'open', delegatesFocus: true })
    const editor = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: latest.current.value,
        extensions: [
          baseExtensions(label),
          mode.current.of(EditorState.readOnly.of(false)),
          EditorView.updateListener.of((update) => {
            if (!update.docChanged) return
            const text = update.state.doc.toString()
            if (text !== latest.current.value) latest.current.onChange?.(text)
          }),
        ],
      }),
    })
    view.current = editor
    // Outside the shadow root a key's target is the host, not a text field:
    // the page's single-key shortcuts would take what is typed here.
    const keep = (event: KeyboardEvent) => {
      if (!event.metaKey && !event.ctrlKey) event.stopPropagation()
    }
    element.addEventListener('keydown', keep)
    return () => {
      element.removeEventListener('keydown', keep)
      editor.destroy()
      view.current = null
    }
  }, [label])

  useEffect(() => {
    const editor = view.current
    if (!editor || editor.state.doc.toString() === value) return
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } })
  }, [value, label])

  useEffect(() => {
    view.current?.dispatch({ effects: mode.current.reconfigure(EditorState.readOnly.of(readOnly)) })
  }, [readOnly, label])

  useEffect(() => {
    if (view.current) showFaults(view.current, faults)
  }, [faults, value, label])

  useEffect(() => {
    const editor = view.current
    if (!editor || !goTo) return
    const line = editor.state.doc.line(Math.min(Math.max(1, goTo.line), editor.state.doc.lines))
    const at = Math.min(line.to, line.from + Math.max(0, goTo.column - 1))
    editor.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at) })
    editor.focus()
  }, [goTo])

  return (
    <div className={cn('flex min-h-0 flex-col', className ?? 'h-full')}>
      <div
        ref={host}
        dir="ltr"
        data-typing
        className="min-h-40 flex-1 overflow-hidden rounded-md border border-line-strong bg-surface focus-within:outline-2 focus-within:-outline-offset-1 focus-within:outline-focus"
      />
      {!readOnly && <p className="mt-1 text-xs text-ink-3">{t('ui.editorHelp')}</p>}
    </div>
  )
}
