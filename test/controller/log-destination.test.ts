import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { startController } from '../harness/servers/controller-process.ts'
import { runProgram } from '../harness/servers/run-program.ts'

const SOURCE = join(import.meta.dirname, '../../controller')

/** A program that logs; `lines` of half a kilobyte each. */
function logging(body: string): readonly string[] {
  const program = `
    import { createLog, createLogDestination } from ${JSON.stringify(join(SOURCE, 'log.ts'))}
    const destination = createLogDestination(process.stderr)
    const log = createLog('info', destination)
    const lines = (count) => { for (let line = 0; line < count; line++) log.info({ line }, 'x'.repeat(500)) }
    ${body}`
  return ['--input-type=module', '--eval', program]
}

interface Line {
  readonly line?: number
  readonly dropped?: number
}

function parsed(output: string): readonly Line[] {
  return output
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
}

test('nothing that was logged is lost where the process ends at once', async () => {
  const program = logging('lines(1000); await destination.flush(); process.exit(3)')
  const { code, stderr } = await runProgram(process.execPath, program)
  const lines = parsed(stderr)
  assert.deepEqual([code, lines.length, lines.at(-1)?.line], [3, 1000, 999])
})

for (const [kind, command] of Object.entries({
  'a socket': [process.execPath],
  'a pipe': ['sh', '-c', '"$@" 2>&1 >&3 | (read -r go <&4; cat >&2)', 'sh', process.execPath],
}))
  test(`work goes on while nobody reads the log from ${kind}, and later it says how much was dropped`, async () => {
    const body = `lines(10_000); console.log('worked'); process.stdin.once('data', () => lines(1))`
    const [program = '', ...before] = command
    const isPiped = before.length > 0
    const child = spawn(program, [...before, ...logging(body)], { stdio: ['pipe', 'pipe', 'pipe', 'pipe', 'pipe'] })
    const output = isPiped ? child.stdio[3] : child.stdout
    assert.equal(String((await once(output as NodeJS.ReadableStream, 'data'))[0]), 'worked\n')
    const read = text(child.stderr)
    if (isPiped) (child.stdio[4] as NodeJS.WritableStream).write('go\n')
    await setTimeout(300)
    child.stdin.end('more\n')
    const lines = parsed(await read)
    const notice = lines.findIndex((line) => line.dropped !== undefined)
    const { dropped = 0 } = lines[notice] ?? {}
    assert.ok(notice > 1500, `${notice} lines had come`)
    assert.deepEqual([notice + dropped, lines.slice(notice + 1).map(({ line }) => line)], [10_000, [0]])
  })

test('a reader that ends before its writer does not end it', async () => {
  const { code, stdout } = await runProgram('sh', [
    '-c',
    '("$@" 2>&1 >&3 | true) 3>&1',
    'sh',
    process.execPath,
    ...logging(`setTimeout(() => { lines(100); setTimeout(() => { lines(1); console.log('worked') }, 100) }, 100)`),
  ])
  assert.deepEqual({ code, stdout }, { code: 0, stdout: 'worked\n' })
})

test('a file that became full says what it lacks when there is room again', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'log-'))
  const file = join(folder, 'log')
  try {
    const body = `lines(100)
      const { truncateSync } = await import('node:fs')
      truncateSync(${JSON.stringify(file)})
      lines(2)`
    const program = ['-c', `ulimit -f 4; exec "$@" 2>>"${file}"`, 'sh', process.execPath, ...logging(body)]
    assert.equal((await runProgram('sh', program)).code, 0)
    const kept = (await readFile(file, 'utf8')).replace(/^[^{]*/, '')
    const [{ dropped = 0 } = {}, ...lines] = parsed(kept)
    assert.ok(dropped > 90 && dropped < 100, `${dropped}`)
    assert.deepEqual(
      lines.map(({ line }) => line),
      [0, 1],
    )
  } finally {
    await rm(folder, { recursive: true })
  }
})

for (const [disk, redirection] of Object.entries({
  'a full disk': '2>/dev/full',
  'a file that must not grow': '2>"$LOG"; ulimit -f 0',
}))
  test(`a controller that logs to ${disk} works, and ends in order`, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'log-'))
    const cluster = { server: 'http://127.0.0.1:9' }
    const kubeconfig = {
      clusters: [{ name: 'c', cluster }],
      contexts: [{ name: 'c', context: { cluster: 'c' } }],
      'current-context': 'c',
    }
    await writeFile(join(folder, 'kubeconfig'), JSON.stringify(kubeconfig))
    const command = ['sh', '-c', `exec ${redirection}; exec "$@"`, 'sh', process.execPath] as const
    const env = { LOG: join(folder, 'log') }
    const controller = await startController([`--kubeconfig=${join(folder, 'kubeconfig')}`], { command, env })
    try {
      const deadline = Date.now() + 20_000
      const probe = () => controller.probe('livez').catch(() => 0)
      while ((await probe()) !== 200) {
        assert.ok(Date.now() < deadline, 'it is not alive')
        await setTimeout(50)
      }
      controller.signal('SIGTERM')
      assert.equal(await controller.ended, 0)
    } finally {
      await controller.stop()
      await rm(folder, { recursive: true })
    }
  })
