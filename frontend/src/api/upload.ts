import { apiBase, BODILESS, OURS, throughDoor } from '@/api/client'

interface Upload {
  path: string
  form: FormData
  /** Called with the part sent so far, 0 to 1. */
  onProgress: (part: number) => void
  signal: AbortSignal
}

/** Sends a form and tells how far it is, which fetch cannot; answers what the server says. */
export async function upload<T>(input: Upload): Promise<T> {
  const response = await throughDoor(() => send(input))
  return (await response.json()) as T
}

function send({ path, form, onProgress, signal }: Upload): Promise<Response> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(aborted())
    const request = new XMLHttpRequest()
    const stop = () => request.abort()
    request.open('POST', apiBase + path)
    request.withCredentials = true
    for (const [name, value] of Object.entries(OURS)) request.setRequestHeader(name, value)
    request.upload.onprogress = ({ loaded, total }) => onProgress(total ? loaded / total : 0)
    request.onload = () => resolve(answerOf(request))
    request.onerror = () => reject(new TypeError('the upload broke off'))
    request.onabort = () => reject(aborted())
    request.onloadend = () => signal.removeEventListener('abort', stop)
    signal.addEventListener('abort', stop)
    request.send(form)
  })
}

function aborted(): DOMException {
  return new DOMException('The upload was stopped.', 'AbortError')
}

function answerOf(request: XMLHttpRequest): Response {
  const headers = new Headers()
  for (const line of request
    .getAllResponseHeaders()
    .trim()
    .split(/[\r\n]+/)) {
    const colon = line.indexOf(':')
    if (colon > 0) headers.append(line.slice(0, colon), line.slice(colon + 1).trim())
  }
  const body = BODILESS.has(request.status) ? null : request.responseText
  return new Response(body, { status: request.status, headers })
}
