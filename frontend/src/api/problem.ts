export interface FieldProblem {
  name: string
  code?: string
  message: string
}

/**
 * What went wrong, in the words of the API's problem document (RFC 9457).
 * `code` is stable and made for programs; `status` is 0 when no answer came.
 */
export class ApiProblem extends Error {
  readonly status: number
  readonly code: string
  readonly requestId: string | null
  readonly fields: FieldProblem[]
  readonly retryAfterSeconds: number | null
  /** Of a person who cannot be deleted yet: how many leads are theirs. */
  readonly leadCount: number | null
  /** Of a lead that was merged: the one that stands for it now. */
  readonly mergedInto: string | null

  constructor(init: {
    status: number
    code: string
    title: string
    requestId?: string | null
    fields?: FieldProblem[]
    retryAfterSeconds?: number | null
    leadCount?: number | null
    mergedInto?: string | null
  }) {
    super(init.title)
    this.name = 'ApiProblem'
    this.status = init.status
    this.code = init.code
    this.requestId = init.requestId ?? null
    this.fields = init.fields ?? []
    this.retryAfterSeconds = init.retryAfterSeconds ?? null
    this.leadCount = init.leadCount ?? null
    this.mergedInto = init.mergedInto ?? null
  }
}

/** Turns whatever a call threw into an ApiProblem; an ApiProblem passes through. */
export function toProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error
  const title = error instanceof Error ? error.message : String(error)
  return new ApiProblem({ status: 0, code: 'unexpected', title })
}

/** What a call threw that got no answer: stopped calls stay as they are, the rest is "offline". */
export function unanswered(error: unknown): unknown {
  if ((error as Error | null)?.name === 'AbortError') return error
  return new ApiProblem({ status: 0, code: 'offline', title: 'The server did not answer.' })
}

/** The problem that an answer other than 2xx stands for. */
export async function answeredProblem(response: Response): Promise<ApiProblem> {
  const { status, headers } = response
  const body = parseBody(await response.text().catch(() => ''))
  const header = Number(headers.get('retry-after'))
  return new ApiProblem({
    status,
    code: text(body.code) || `http_${status}`,
    // The title is the bare name of the status; the detail says what happened and what to do.
    title: text(body.detail) || text(body.title) || `The server answered ${status}.`,
    requestId: text(body.request_id) || null,
    fields: fieldProblems(body.fields),
    retryAfterSeconds: positive(body.retry_after_s) ?? positive(header),
    leadCount: positive(body.lead_count),
    mergedInto: text(body.merged_into) || null,
  })
}

function parseBody(data: unknown): Record<string, unknown> {
  if (typeof data === 'string') {
    try {
      return parseBody(JSON.parse(data))
    } catch {
      return {}
    }
  }
  return typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : {}
}

function fieldProblems(value: unknown): FieldProblem[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((item: unknown) => {
    const { name, code, message } = parseBody(item)
    return text(name) ? [{ name: text(name), code: text(code), message: text(message) }] : []
  })
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function positive(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : null
}
