import { createServer } from 'node:http'

/** A model on this machine that speaks the chat completions protocol. */
export interface FakeModel {
  url: string
  /** How long each answer takes. */
  delayMs: number
  /** Answers what fits no schema while true. */
  broken: boolean
  calls: number
  stop: () => Promise<void>
}

const VERDICT = {
  reasoning: 'Describes a daily problem with orders and decides about it.',
  language: 'en',
  disqualifier: 'none',
  evidence: 'explicit',
  authority: 'unknown',
  urgency: 'low',
  fit: 'unclear',
  specificity: 2,
  claims: [],
}

export async function startFakeModel(): Promise<FakeModel> {
  const model: FakeModel = {
    url: '',
    delayMs: 150,
    broken: false,
    calls: 0,
    stop: () =>
      new Promise((done) => {
        server.closeAllConnections()
        server.close(() => done())
      }),
  }
  const server = createServer((request, response) => {
    request.resume()
    request.on('end', () => {
      model.calls++
      const content = model.broken ? 'I would rather not say.' : JSON.stringify(VERDICT)
      setTimeout(() => {
        response.setHeader('Content-Type', 'application/json')
        response.end(
          JSON.stringify({
            id: `chat-${model.calls}`,
            object: 'chat.completion',
            created: 0,
            model: 'fake-model',
            choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content } }],
            usage: { prompt_tokens: 1200, completion_tokens: 90, total_tokens: 1290 },
          }),
        )
      }, model.delayMs)
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('no port')
  model.url = `http://127.0.0.1:${address.port}/v1`
  return model
}
