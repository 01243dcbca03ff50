import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

import { type Server, startServer } from '../e2e/server.ts'
import { writeLeads } from './leads.ts'

const BINARY = resolve(process.env.WINNOW_BIN ?? '../bin/winnow')
const PERSON = { name: 'Robin Vale', email: 'robin@example.com', password: 'plain words work well' }
const SEED = 20251125

export interface World {
  url: string
  stop: () => Promise<void>
}

/** The real program with many leads in it, a share of them analysed. */
export async function makeWorld(leads: number, say: (line: string) => void): Promise<World> {
  const data = await mkdtemp(join(tmpdir(), 'winnow-bench-web-'))
  const file = join(data, 'leads.csv')
  let server: Server | null = null
  const stop = async () => {
    await server?.stop()
    await rm(data, { recursive: true, force: true })
  }
  try {
    say(`making ${leads} leads`)
    await writeLeads(file, leads, SEED)
    await run(data, ['import', file, '--json'])
    const { name, email, password } = PERSON
    const account = ['user', 'add', '--email', email, '--name', name, '--role', 'admin']
    await run(data, account, password + '\n')
    server = await startServer({ WINNOW_DATA_DIR: data }, undefined, 'bench')
    say('analysing the leads of two sources by the built-in rules')
    await analyse(server.url)
    return { url: server.url, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function run(data: string, args: string[], input = ''): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn(BINARY, args, {
      cwd: data,
      env: { PATH: process.env.PATH, HOME: data, WINNOW_DATA_DIR: data },
      stdio: ['pipe', 'ignore', 'pipe'],
    })
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
    child.on('error', fail)
    child.on('exit', (code) =>
      code === 0 ? done() : fail(new Error(`winnow ${args[0]}: ${said.slice(-2000)}`)),
    )
    child.stdin.end(input)
  })
}

/** Signs in and answers the cookies that keep one signed in. */
export async function signIn(url: string): Promise<{ name: string; value: string }[]> {
  const { email, password } = PERSON
  const answer = await fetch(`${url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Winnow-CSRF': '1' },
    body: JSON.stringify({ email, password }),
  })
  if (!answer.ok) throw new Error(`signing in: ${answer.status} ${await answer.text()}`)
  return answer.headers.getSetCookie().map((line) => {
    const [name = '', ...value] = line.split(';')[0]!.split('=')
    return { name, value: value.join('=') }
  })
}

async function analyse(url: string): Promise<void> {
  const cookies = await signIn(url)
  const headers = {
    'Content-Type': 'application/json',
    'X-Winnow-CSRF': '1',
    Cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; '),
  }
  const started = await fetch(`${url}/api/v1/leads/batch-analyze`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ analyzer: 'rules', filter: 'source in (linkedin,website)' }),
  })
  if (!started.ok) throw new Error(`analysing: ${started.status} ${await started.text()}`)
  const { id } = (await started.json()) as { id: string }
  for (;;) {
    await new Promise((again) => setTimeout(again, 500))
    const answer = await fetch(`${url}/api/v1/batches/${id}`, { headers })
    const { status } = (await answer.json()) as { status: string }
    if (status === 'finished') return
    if (status === 'failed' || status === 'canceled') throw new Error(`the batch ${status}`)
  }
}
