import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { yaml } from '@codemirror/lang-yaml'
import {
  bracketMatching,
  HighlightStyle,
  indentOnInput,
  syntaxHighlighting,
} from '@codemirror/language'
import { type Diagnostic, lintGutter, setDiagnostics } from '@codemirror/lint'
import { EditorState, type Extension } from '@codemirror/state'
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view'
import { tags } from '@lezer/highlight'

export interface EditorFault {
  line: number
  column: number
  message: string
}

// Colours are the app's tokens: they reach into the shadow root and follow the theme.
const look = EditorView.theme({
  '&': { height: '100%', color: 'var(--ink)', fontSize: '13px' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'ui-monospace, Menlo, Consolas, monospace', lineHeight: '20px' },
  '.cm-content': { padding: '8px 0', caretColor: 'var(--ink)' },
  '.cm-cursor': { borderInlineStartColor: 'var(--ink)' },
  '.cm-gutters': { background: 'var(--sunken)', color: 'var(--ink-3)', border: 'none' },
  '.cm-activeLineGutter': { background: 'var(--hover)', color: 'var(--ink)' },
  '.cm-activeLine': { background: 'transparent' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground':
    { background: 'var(--selected)' },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--bad)',
    textUnderlineOffset: '3px',
  },
  '.cm-tooltip': {
    background: 'var(--surface)',
    color: 'var(--ink)',
    border: '1px solid var(--line)',
    borderRadius: '6px',
    maxWidth: '360px',
  },
  '.cm-diagnostic-error': { borderInlineStart: '3px solid var(--bad)' },
  '.cm-lint-marker-error': {
    content: '""',
    background: 'var(--bad)',
    borderRadius: '50%',
    width: '8px',
    height: '8px',
    margin: '6px 3px',
  },
})

const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--accent-text)' },
  { tag: [tags.string, tags.content], color: 'var(--ink)' },
  { tag: tags.comment, color: 'var(--ink-3)', fontStyle: 'italic' },
  { tag: [tags.keyword, tags.atom, tags.bool, tags.number], color: 'var(--good)' },
  { tag: [tags.punctuation, tags.separator, tags.squareBracket], color: 'var(--ink-2)' },
])

/** Everything but what changes while it is open. */
export function baseExtensions(label: string): Extension {
  return [
    lineNumbers(),
    lintGutter(),
    history(),
    drawSelection(),
    indentOnInput(),
    bracketMatching(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    yaml(),
    syntaxHighlighting(colours),
    look,
    EditorState.tabSize.of(2),
    EditorView.lineWrapping,
    // The tab stop is said, so that checkers know a keyboard can scroll the text.
    EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false', tabindex: '0' }),
    keymap.of([...defaultKeymap, ...historyKeymap, indentWithTab]),
  ]
}

/** Marks the faults; one beyond the text stands at its end. */
export function showFaults(view: EditorView, faults: readonly EditorFault[]): void {
  const { doc } = view.state
  const marks = faults.map((fault): Diagnostic => {
    const line = doc.line(Math.min(Math.max(1, fault.line), doc.lines))
    const from = Math.min(line.to, line.from + Math.max(0, fault.column - 1))
    const to = from < line.to ? line.to : from
    return { from: from === to ? line.from : from, to, severity: 'error', message: fault.message }
  })
  view.dispatch(setDiagnostics(view.state, marks))
}
