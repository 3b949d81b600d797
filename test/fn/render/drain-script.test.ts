import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { drainScript } from '../../../fn/render/drain-script.ts'

const folder = mkdtempSync(join(tmpdir(), 'drain-script-'))
const log = join(folder, 'log')
after(() => rmSync(folder, { recursive: true }))

test('the script is one that sh can read', async () => {
  for (const port of [1, 1234, 65535]) {
    const { stderr } = await promisify(execFile)('sh', ['-n', '-c', drainScript(port)])
    assert.equal(stderr, '')
  }
})

test('the script looks for its port as the kernel writes it', () => {
  assert.ok(drainScript(1).includes('*:0001\\ 01)'))
  assert.ok(drainScript(48879).includes('*:BEEF\\ 01)'))
})

for (const host of ['127.0.0.1', '::1']) {
  test(`the script waits while a client of ${host} is connected, and then for ten quiet seconds`, async () => {
    const server = createServer().listen(0, host)
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const client = connect(port, host)
    const [[accepted]] = await Promise.all([once(server, 'connection'), once(client, 'connect')])

    const script = fast(drainScript(port))
    const drain = spawn('sh', ['-c', script])
    await sleep(700)
    assert.equal(drain.exitCode, null, 'it must wait for the client')

    client.destroy()
    accepted.destroy()
    const since = performance.now()
    const [exitCode] = await once(drain, 'exit')
    server.close()
    assert.equal(exitCode, 0)
    assert.ok(performance.now() - since >= 9 * 30, 'it must wait for ten quiet rounds')
    assert.equal(
      readFileSync(log, 'utf8').trim().split('\n').slice(-2).join('\n'),
      'drain: waiting until no client has been connected for 10 seconds\ndrain: no client left',
    )
  })
}

test('the script ends where it can read no table and write no words', async () => {
  const script = fast(drainScript(1234))
    .replaceAll(/\/proc\/net\/tcp6?/g, '/nonexistent')
    .replaceAll(log, '/nonexistent/log')
  const { stdout, stderr } = await promisify(execFile)('sh', ['-c', script])
  assert.deepEqual({ stdout, stderr }, { stdout: '', stderr: '' })
})

/** The script in a fraction of its time, which writes its words where the test can read them. */
function fast(script: string): string {
  return script.replace('sleep 1\n', 'sleep 0.03\n').replaceAll('>/proc/1/fd/2', `>>${log}`)
}
