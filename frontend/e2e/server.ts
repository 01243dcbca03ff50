import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** The real program on a free port with an empty data folder of its own. */
export interface Server {
  url: string
  /** What it wrote to its log so far. */
  log: () => string
  stop: () => Promise<void>
}

const BINARY = resolve(process.env.WINNOW_BIN ?? '../bin/winnow')
const READY_MS = 30_000

/** Starts `winnow serve`; `env` adds to its settings. */
export async function startServer(
  env: Record<string, string> = {},
  port?: number,
  name = 'one',
): Promise<Server> {
  const data = await mkdtemp(join(tmpdir(), `winnow-e2e-${name}-`))
  const on = port ?? (await freePort())
  const url = `http://localhost:${on}`
  const child = spawn(BINARY, ['serve'], {
    cwd: data,
    env: {
      PATH: process.env.PATH,
      HOME: data,
      WINNOW_DATA_DIR: data,
      WINNOW_ADDR: `127.0.0.1:${on}`,
      WINNOW_BASE_URL: url,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let log = ''
  child.stdout.on('data', (chunk: Buffer) => (log += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()))
  child.on('error', (error) => (log += `${BINARY}: ${error.message}`))
  const stop = async () => {
    await ended(child)
    await rm(data, { recursive: true, force: true })
  }
  try {
    await healthy(url, child)
  } catch (error) {
    await stop()
    throw new Error(`winnow did not start: ${String(error)}\n${log}`, { cause: error })
  }
  return { url, log: () => log, stop }
}

export function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer()
    probe.on('error', fail)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() =>
        typeof address === 'object' && address ? done(address.port) : fail(new Error('no port')),
      )
    })
  })
}

async function healthy(url: string, child: ChildProcess): Promise<void> {
  const until = Date.now() + READY_MS
  while (Date.now() < until) {
    if (child.exitCode !== null) throw new Error(`exit code ${child.exitCode}`)
    const answer = await fetch(`${url}/readyz`).catch(() => null)
    if (answer?.ok) return
    await new Promise((again) => setTimeout(again, 100))
  }
  throw new Error(`not ready within ${READY_MS} ms`)
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.pid === undefined) return Promise.resolve()
  return new Promise((done) => {
    const hard = setTimeout(() => child.kill('SIGKILL'), 10_000)
    child.on('exit', () => {
      clearTimeout(hard)
      done()
    })
    child.kill('SIGTERM')
  })
}
