/** The parts of a problem document that people see; the API's ApiProblem has this shape. */
export interface Problem {
  message: string
  status?: number
  code?: string
  detail?: string
  requestId?: string | null
  fields?: readonly { name: string; message: string }[]
  retryAfterSeconds?: number | null
}
