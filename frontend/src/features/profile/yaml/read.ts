import { type Document, LineCounter, parseDocument } from 'yaml'

export interface YamlFault {
  line: number
  column: number
  message: string
}

export interface Reading {
  /** What the document says, as plain values; empty when it cannot be read. */
  values: unknown
  faults: YamlFault[]
  doc: Document.Parsed
  lines: LineCounter
}

/** Reads a document with the places of everything in it. It never throws: what is wrong is in `faults`. */
export function readYaml(text: string): Reading {
  const lines = new LineCounter()
  const doc = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const faults = doc.errors.map((error) => {
    const { line, col } = lines.linePos(error.pos[0])
    return { line: Math.max(1, line), column: Math.max(1, col), message: error.message }
  })
  if (faults.length > 0) return { values: {}, faults, doc, lines }
  try {
    // A document of nothing says nothing; aliases are bounded, so that a small text cannot grow without end.
    return { values: doc.toJS({ maxAliasCount: 100 }) ?? {}, faults, doc, lines }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { values: {}, faults: [{ line: 1, column: 1, message }], doc, lines }
  }
}
