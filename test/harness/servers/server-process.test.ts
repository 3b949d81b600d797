import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { runProgram } from './run-program.ts'
import { startProcess } from './server-process.ts'

const SERVER = `
  const server = require('node:net').createServer().listen(0, '127.0.0.1')
  server.on('listening', () => console.log(server.address().port, 'is listening'))`
let folder: string
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'server-process-'))
})
after(() => rm(folder, { recursive: true }))

test('a server that is stopped has ended', async () => {
  const log = join(folder, 'stopped.log')
  const server = startProcess(process.execPath, ['--eval', SERVER], { log })
  await server.ready(async () => (await readFile(log, 'utf8')).includes('listening'))
  await server.stop()
  assert.ok(await hasEnded(log))
})

test('a server that ends before it is ready is an error with the last words of its log', async () => {
  const server = startProcess(process.execPath, ['--eval', "console.log('no port'); process.exit(1)"], {
    log: join(folder, 'a'),
  })
  await assert.rejects(
    server.ready(async () => false),
    { message: `${process.execPath} is not ready: no port` },
  )
})

test('a program that is not there is an error, and has nothing to stop', async () => {
  const server = startProcess(join(folder, 'missing'), [], { log: join(folder, 'b') })
  await assert.rejects(
    server.ready(async () => false),
    { message: `${join(folder, 'missing')} is not ready: ` },
  )
  await server.stop()
})

for (const [name, ending] of [
  ['exits', 'process.exit()'],
  ['throws', "throw new Error('on purpose')"],
  ['gets a signal', "process.kill(process.pid, 'SIGTERM'); await ready(async () => false)"],
] as const) {
  test(`a server ends with a test process that ${name}`, async () => {
    const log = join(folder, `${name}.log`)
    const program = `
      const { readFileSync } = await import('node:fs')
      const { startProcess } = await import(${JSON.stringify(import.meta.resolve('./server-process.ts'))})
      const [server, log] = ${JSON.stringify([SERVER, log])}
      const { ready } = startProcess(process.execPath, ['--eval', server], { log })
      await ready(async () => readFileSync(log, 'utf8').includes('listening'))
      ${ending}`
    await runProgram(process.execPath, ['--input-type=module', '--eval', program])
    assert.ok(await hasEnded(log))
  })
}

/** Whether a server stops to listen on the port in its log within a second: a killed process takes a moment to go. */
async function hasEnded(log: string): Promise<boolean> {
  const port = Number.parseInt(await readFile(log, 'utf8'), 10)
  for (let tries = 0; tries < 20; tries++) {
    if (await isRefused(port)) return true
    await setTimeout(50)
  }
  return false
}

async function isRefused(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    return false
  } catch (error) {
    return (error as { code?: unknown }).code === 'ECONNREFUSED'
  } finally {
    socket.destroy()
  }
}
