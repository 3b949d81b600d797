import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { setTimeout } from 'node:timers/promises'
import { freePorts } from './free-ports.ts'

const MAIN = join(import.meta.dirname, '../../../controller/main.ts')

/** The controller as a process of its own. */
export interface ControllerProcess {
  /** What it has logged. */
  readonly log: readonly LogLine[]
  readonly probe: (path: Probe) => Promise<number>
  /** The body of its answer. */
  readonly probeText: (path: Probe) => Promise<string>
  /** Resolves when it is ready; rejects with the end of its log when it ends before. */
  readonly ready: () => Promise<void>
  /** The sum of a metric's series whose labels contain a text. */
  readonly metric: (name: string, labels?: string) => Promise<number>
  /** All metrics, as Prometheus gets them. */
  readonly scrape: () => Promise<string>
  readonly pid: number
  readonly openSockets: () => number
  readonly megabytes: () => number
  /** The most that it has had. */
  readonly peakMegabytes: () => number
  readonly signal: (name: NodeJS.Signals) => void
  /** Its exit code, once it has ended. */
  readonly ended: Promise<number | null>
  /** Ends it, without asking. */
  readonly stop: () => Promise<void>
}

type Probe = 'livez' | 'readyz' | 'healthz'

export interface LogLine {
  readonly ts: string
  readonly level: string
  readonly msg: string
  readonly [field: string]: unknown
}

/** How a controller is started, where not by Node alone. */
export interface Launch {
  /** What comes before its own arguments. */
  readonly command?: readonly [string, ...(readonly string[])]
  /** What its environment has beside ours. */
  readonly env?: Readonly<Record<string, string>>
}

/** Starts it from source; it is not ready yet. */
export async function startController(
  args: readonly string[],
  { command = [process.execPath], env = {} }: Launch = {},
): Promise<ControllerProcess> {
  const [health = 0, metrics = 0] = await freePorts(2)
  const addresses = [`--health-address=127.0.0.1:${health}`, `--metrics-address=127.0.0.1:${metrics}`]
  const [program, ...before] = command
  const child = spawn(program, [...before, MAIN, ...addresses, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const kill = () => child.kill('SIGKILL')
  process.on('exit', kill)
  const log: LogLine[] = []
  createInterface({ input: child.stderr }).on('line', (line) =>
    log.push(line.startsWith('{') ? JSON.parse(line) : { ts: '', level: '', msg: line }),
  )
  const ended = once(child, 'close').then(([code]) => {
    process.off('exit', kill)
    return code as number | null
  })
  const fetched = async (port: number, path: string) => fetch(`http://127.0.0.1:${port}/${path}`)
  const scrape = async () => (await fetched(metrics, 'metrics')).text()
  return {
    log,
    probe: async (path) => (await fetched(health, path)).status,
    probeText: async (path) => (await fetched(health, path)).text(),
    ready: async () => {
      while (!(await fetched(health, 'readyz').catch(() => undefined))?.ok) {
        if (child.exitCode !== null || child.signalCode !== null)
          throw new Error(`the controller has ended: ${JSON.stringify(log.slice(-5))}`)
        await setTimeout(50)
      }
    },
    scrape,
    metric: async (name, labels = '') => metricIn(await scrape(), name, labels),
    pid: child.pid ?? 0,
    openSockets: () => socketsOf(child.pid ?? 0),
    megabytes: () => megabytesOf(child.pid ?? 0, 'VmRSS'),
    peakMegabytes: () => megabytesOf(child.pid ?? 0, 'VmHWM'),
    signal: (name) => void child.kill(name),
    ended,
    stop: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}

function metricIn(text: string, name: string, labels: string): number {
  const series = text.split('\n').filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
  return series.filter((line) => line.includes(labels)).reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0)
}

function megabytesOf(pid: number, field: string): number {
  return Number(new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024
}

function socketsOf(pid: number): number {
  const folder = `/proc/${pid}/fd`
  const targets = readdirSync(folder).map((name) => {
    try {
      return readlinkSync(join(folder, name))
    } catch {
      return ''
    }
  })
  return targets.filter((target) => target.startsWith('socket:')).length
}
