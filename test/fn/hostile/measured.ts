import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { buffer, text } from 'node:stream/consumers'

/** What a run of the program was, with what it took. */
export interface Measured {
  readonly stdout: string
  readonly stderr: string
  readonly exitCode: number | null
  readonly cpuSeconds: number
  /** At its peak. */
  readonly megabytes: number
}

const BUNDLE = join(import.meta.dirname, '../../../dist/render-buildkit.cjs')
/** Of the heap: who needs more of it is killed. */
const HEAP_MEGABYTES = 256

/** The most that was in memory is asked of Linux, since what `getrusage` says of a child begins with what its parent had. */
const PRELOAD = `import { readFileSync, writeSync } from 'node:fs'
process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
  const kilobytes = process.platform === 'linux' ? /VmHWM:\\s*(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1] : maxRSS
  writeSync(3, JSON.stringify({ cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, megabytes: Number(kilobytes) / 1024 }))
})`

/** Runs the program in a folder. */
export async function measured(
  folder: string,
  args: readonly string[],
  stdin: string | Uint8Array = '',
): Promise<Measured> {
  const preload = `data:text/javascript,${encodeURIComponent(PRELOAD)}`
  const nodeArgs = [`--max-old-space-size=${HEAP_MEGABYTES}`, '--import', preload]
  const child = spawn(process.execPath, [...nodeArgs, BUNDLE, ...args], {
    cwd: folder,
    env: {},
    timeout: 60_000,
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
  })
  const [, out, err, usage] = child.stdio
  assert.ok(child.stdin && out && err && usage && 'read' in usage)
  child.stdin.on('error', () => {})
  child.stdin.end(stdin)
  const [stdout, stderr, taken, [exitCode]] = await Promise.all([
    text(out),
    text(err),
    buffer(usage),
    once(child, 'close'),
  ])
  assert.notEqual(taken.length, 0, `was killed: ${args.join(' ')}\n${stderr.slice(-1000)}`)
  return { stdout, stderr, exitCode: exitCode as number | null, ...JSON.parse(String(taken)) }
}
